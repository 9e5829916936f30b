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
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Sends files with Jetty: with types, ETags, ranges, conditional requests, and compressed copies of the files. Unlike
 * Jetty's default it neither maps files into memory nor caches their content: if a mapped file is truncated, the process
 * crashes, and a cache would not be counted as part of the heap limit. Thread-safe.
 */
final class FileResponses extends ResourceHandler {
    private final ServedDirectory directory;

    FileResponses(Path root, Duration maxAge) {
        directory = new ServedDirectory(root);
        setBaseResource(ResourceFactory.root().newResource(root));
        setDirAllowed(false);
        setEtags(true);
        setAcceptRanges(true);
        setPrecompressedFormats(CompressedContentFormat.BR, CompressedContentFormat.GZIP);
        setCacheControl(maxAge.isZero() ? "no-cache" : "max-age=" + maxAge.toSeconds());
    }

    @Override
    protected HttpContent.Factory newHttpContentFactory(ByteBufferPool.Sized buffers) {
        List<CompressedContentFormat> formats = getPrecompressedFormats();
        HttpContent.Factory all = new ResourceHttpContentFactory(getBaseResource(), getMimeTypes(), buffers);
        // A compressed copy beside a file must not be a symbolic link that leads out of the directory.
        return new PreCompressedHttpContentFactory(path -> isServed(path) ? all.getContent(path) : null, formats);
    }

    private boolean isServed(String path) {
        String relative = URIUtil.decodePath(path.startsWith("/") ? path.substring(1) : path);
        return directory.find(relative) instanceof ServedDirectory.File file
                && file.path().equals(relative);
    }
}
