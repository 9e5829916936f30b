package io.junctor.server.files;

import io.junctor.router.config.listener.FilesConfig;
import io.junctor.server.connector.WampConnector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests with the files of a directory. Thread-safe. */
public final class StaticFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);
    private static final String NOT_FOUND_PAGE = "404.html";
    private static final int MOST_PAGE_BYTES = 1 << 16;

    private final WampConnector connector;
    private final ServedDirectory directory;
    private final Path notFoundPage;
    private final FileResponses responses;
    private final String prefix;
    private final ExecutorService readers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("files-", 0).factory());

    private volatile @Nullable ReadPage readPage;

    /** The content of the page about missing files when it was last read. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record ReadPage(FileTime changed, byte[] bytes) {}

    private StaticFiles(WampConnector connector, FilesConfig config, FileResponses responses) {
        this.connector = connector;
        this.directory = new ServedDirectory(config.directory());
        this.notFoundPage = config.directory().resolve(NOT_FOUND_PAGE);
        this.responses = responses;
        this.prefix = config.path().endsWith("/") ? config.path() : config.path() + "/";
    }

    /** Opens the directory that {@code config} names. */
    public static StaticFiles open(WampConnector connector, FilesConfig config) throws Exception {
        FileResponses responses = new FileResponses(config.directory(), config.maxAge());
        responses.setServer(connector.getServer());
        responses.start();
        return new StaticFiles(connector, config, responses);
    }

    /** Returns whether a path is below the path of the files. */
    public boolean has(String path) {
        return path.startsWith(prefix) || (path + "/").equals(prefix);
    }

    /** Answers a request whose path is below the path of the files. */
    public void answer(Request request, Response response, Callback callback, NotFoundHandler notFound) {
        try {
            readers.execute(() -> read(request, response, callback, notFound));
        } catch (RejectedExecutionException e) {
            callback.failed(e);
        }
    }

    private void read(Request request, Response response, Callback callback, NotFoundHandler notFound) {
        try {
            String path = Request.getPathInContext(request);
            String relative =
                    path.length() < prefix.length() ? "" : URIUtil.decodePath(path.substring(prefix.length()));
            boolean needsSlash = path.length() < prefix.length();
            switch (needsSlash ? new ServedDirectory.Directory() : directory.find(relative)) {
                case ServedDirectory.File file -> send(request, response, callback, file);
                case ServedDirectory.Directory found -> redirect(request, response, callback);
                case ServedDirectory.Nothing nothing -> notFound(request, response, callback, notFound);
            }
        } catch (Exception e) {
            LOG.warn("cannot serve a file of {}", prefix, e);
            callback.failed(e);
        }
    }

    private void send(Request request, Response response, Callback callback, ServedDirectory.File file)
            throws Exception {
        connector.allowResponse(request, file.bytes());
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        HttpURI uri = HttpURI.build(request.getHttpURI()).path("/" + URIUtil.encodePath(file.path()));
        if (!responses.handle(Request.serveAs(request, uri), response, callback)) {
            // The file was deleted between the search and this read.
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
        }
    }

    /** Redirects to the path with a slash at its end, which the relative links of an index page need. */
    private static void redirect(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        response.setStatus(HttpStatus.MOVED_PERMANENTLY_301);
        response.getHeaders().put(HttpHeader.LOCATION, path.substring(path.lastIndexOf('/') + 1) + "/");
        response.write(true, null, callback);
    }

    private void notFound(Request request, Response response, Callback callback, NotFoundHandler notFound)
            throws IOException {
        byte[] page = notFoundPage();
        if (page == null) {
            notFound.answer(request, response, callback);
            return;
        }
        response.setStatus(HttpStatus.NOT_FOUND_404);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
        response.write(true, ByteBuffer.wrap(page), callback);
    }

    /**
     * Returns the page about missing files, or null if the file is absent or larger than 64 KiB. All responses share the array; the file
     * is read again after it was changed.
     */
    private byte @Nullable [] notFoundPage() throws IOException {
        if (!(directory.find(NOT_FOUND_PAGE) instanceof ServedDirectory.File)) {
            return null;
        }
        FileTime changed = Files.getLastModifiedTime(notFoundPage);
        ReadPage read = readPage;
        if (read == null || !read.changed().equals(changed)) {
            read = new ReadPage(changed, firstBytes(notFoundPage));
            readPage = read;
        }
        return read.bytes().length > MOST_PAGE_BYTES ? null : read.bytes();
    }

    /** Reads at most one byte more than a page may have, even if the file grows while it is read. */
    private static byte[] firstBytes(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return input.readNBytes(MOST_PAGE_BYTES + 1);
        }
    }

    @Override
    public void close() throws Exception {
        readers.close();
        responses.stop();
    }
}
