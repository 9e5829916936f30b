package io.junctor.server.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.http.content.PreCompressedHttpContentFactory;
import org.eclipse.jetty.http.content.ResourceHttpContentFactory;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Jetty's responses with files: types, ETags, ranges, conditional requests, files that were compressed before. Unlike
 * Jetty's default it neither maps files into memory nor keeps their content: a mapped file that is cut ends the
 * process, and what is kept would not be counted against the heap. Thread-safe.
 */
final class FileResponses extends ResourceHandler {
    FileResponses(Path directory, Duration maxAge) {
        setBaseResource(ResourceFactory.root().newResource(directory));
        setDirAllowed(false);
        setEtags(true);
        setAcceptRanges(true);
        setPrecompressedFormats(CompressedContentFormat.BR, CompressedContentFormat.GZIP);
        setCacheControl(maxAge.isZero() ? "no-cache" : "max-age=" + maxAge.toSeconds());
    }

    @Override
    protected HttpContent.Factory newHttpContentFactory(ByteBufferPool.Sized buffers) {
        List<CompressedContentFormat> formats = getPrecompressedFormats();
        return new PreCompressedHttpContentFactory(
                new ResourceHttpContentFactory(getBaseResource(), getMimeTypes(), buffers), formats);
    }
}
