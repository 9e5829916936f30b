package io.junctor.router.server;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Safe for use by many threads. Sends every HTTP request of a listener where it belongs. */
final class FrontDesk extends Handler.Abstract.NonBlocking {
    private final Door door;
    private final Handshake handshake;

    FrontDesk(Door door) {
        this.door = door;
        this.handshake = new Handshake(door);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (path.equals(door.config().websocketPath())) {
            handshake.answer(request, response, callback);
        } else if (path.equals("/health")) {
            int status = door.isClosing() ? HttpStatus.SERVICE_UNAVAILABLE_503 : HttpStatus.OK_200;
            Texts.write(response, callback, status, door.isClosing() ? "shutting down" : "ok");
        } else {
            String there = door.config().websocketPath();
            Texts.write(
                    response, callback, HttpStatus.NOT_FOUND_404, "Nothing is here; WAMP is spoken at " + there + ".");
        }
        return true;
    }
}
