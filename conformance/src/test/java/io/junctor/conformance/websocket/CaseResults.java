package io.junctor.conformance.websocket;

import io.junctor.conformance.websocket.WebSocketCase.Side;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs all cases once and keeps what happened. Immutable after that. */
final class CaseResults {
    /** How long a case waits for an octet; only a failing case waits. */
    private static final int PATIENCE_MILLIS = Integer.getInteger("websocket.patience", 30_000);

    private final Map<Side, Map<String, String>> outcomes = new LinkedHashMap<>();

    CaseResults() throws IOException {
        for (Side side : Side.values()) {
            outcomes.put(side, new LinkedHashMap<>());
        }
        try (TestedRouter router = new TestedRouter()) {
            runListener(router);
            runContainer(router);
        }
        try (TestedClient client = new TestedClient(PATIENCE_MILLIS)) {
            runClient(client);
        }
    }

    /** What happened in each case, by the id of the case. */
    Map<String, String> of(Side side) {
        return outcomes.get(side);
    }

    private void runListener(TestedRouter router) {
        run(Side.LISTENER, tested -> router.open(router.listener(), tested.setup(), PATIENCE_MILLIS));
        CaseTables.REQUESTS.stream()
                .flatMap(group -> group.cases().stream())
                .forEach(tested -> outcomes.get(Side.LISTENER)
                        .put(tested.id(), HandshakeJudge.ofRequest(router.listener(), tested, PATIENCE_MILLIS)));
    }

    private void runContainer(TestedRouter router) {
        run(Side.JAKARTA, tested -> router.open(router.container(), tested.setup(), PATIENCE_MILLIS));
    }

    private void runClient(TestedClient client) {
        run(Side.CLIENT, tested -> client.open(tested.setup()));
        for (HandshakeGroup group : CaseTables.RESPONSES) {
            boolean compression = group == CaseTables.RESPONSES.getLast();
            group.cases()
                    .forEach(tested -> outcomes.get(Side.CLIENT)
                            .put(tested.id(), HandshakeJudge.ofResponse(client, tested, compression)));
        }
    }

    private void run(Side side, Opening opening) {
        CaseTables.GROUPS.stream()
                .flatMap(group -> group.cases().stream())
                .filter(tested -> tested.sides().contains(side))
                .forEach(tested -> outcomes.get(side).put(tested.id(), outcome(opening, tested)));
    }

    private static String outcome(Opening opening, WebSocketCase tested) {
        try (OpenWebSocket peer = opening.open(tested)) {
            return Judge.outcome(peer, tested);
        } catch (IOException | AssertionError e) {
            return "not opened: " + e.getMessage();
        }
    }

    /** Opens the WebSocket of a case. */
    private interface Opening {
        OpenWebSocket open(WebSocketCase tested) throws IOException;
    }
}
