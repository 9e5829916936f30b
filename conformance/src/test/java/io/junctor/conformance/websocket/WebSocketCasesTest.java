package io.junctor.conformance.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.conformance.websocket.WebSocketCase.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Cases of RFC 6455 and RFC 7692 against the router's listener, its endpoint in a Jakarta container, and the Java client. */
class WebSocketCasesTest {
    private static final Path ROOT = Files.isDirectory(Path.of("conformance")) ? Path.of("") : Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/websocket-cases.md");

    private static CaseResults results;

    @BeforeAll
    static void runAll() throws IOException {
        results = new CaseResults();
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        CasesPage page = new CasesPage(results);
        if (Boolean.getBoolean("cases.write")) {
            Files.writeString(PAGE, page.text());
        }
        assertThat(page.size()).isGreaterThan(600);
        assertThat(PAGE)
                .as("write it anew: mvn test -pl conformance -am -Dtest=WebSocketCasesTest -Dcases.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(page.text());
    }

    @Test
    void noTwoCasesHaveTheSameId() {
        List<String> ids = Stream.of(
                        CaseTables.GROUPS.stream()
                                .flatMap(group -> group.cases().stream())
                                .map(WebSocketCase::id),
                        CaseTables.REQUESTS.stream()
                                .flatMap(group -> group.cases().stream())
                                .map(HandshakeCase::id),
                        CaseTables.RESPONSES.stream()
                                .flatMap(group -> group.cases().stream())
                                .map(HandshakeCase::id))
                .flatMap(all -> all)
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicNode> framesOverOpenWebSockets() {
        return CaseTables.GROUPS.stream()
                .map(group ->
                        dynamicContainer(group.title(), group.cases().stream().flatMap(this::tests)));
    }

    private Stream<DynamicTest> tests(WebSocketCase tested) {
        return Stream.of(Side.values())
                .filter(tested.sides()::contains)
                .map(side -> dynamicTest(
                        side + " " + tested,
                        () -> assertThat(results.of(side).get(tested.id())).isEqualTo(tested.outcome(side))));
    }

    @TestFactory
    Stream<DynamicNode> requestsToTheRouter() {
        return handshakes(CaseTables.REQUESTS, results.of(Side.LISTENER));
    }

    @TestFactory
    Stream<DynamicNode> responsesToTheClient() {
        return handshakes(CaseTables.RESPONSES, results.of(Side.CLIENT));
    }

    private static Stream<DynamicNode> handshakes(List<HandshakeGroup> groups, Map<String, String> outcomes) {
        return groups.stream()
                .map(group -> dynamicContainer(
                        group.title(),
                        group.cases().stream()
                                .map(tested -> dynamicTest(
                                        tested.toString(),
                                        () -> assertThat(outcomes.get(tested.id()))
                                                .isEqualTo(tested.expected())))));
    }
}
