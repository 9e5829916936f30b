package io.junctor.server.services;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads the body of a response up to a limit; fails for a larger body. Called by one thread at a time. */
final class LimitedBodySubscriber implements BodySubscriber<byte[]> {
    private final int mostBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    LimitedBodySubscriber(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.remaining() > mostBytes - bytes.size()) {
                if (subscription != null) {
                    subscription.cancel();
                }
                onError(new IOException("the response has more than " + mostBytes + " bytes"));
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.writeBytes(part);
        }
    }

    @Override
    @SuppressWarnings("CheckReturnValue") // The first outcome counts.
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    @SuppressWarnings("CheckReturnValue") // The first outcome counts.
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
