package io.junctor.cli.client;

import io.junctor.wamp.value.MatchPolicy;
import picocli.CommandLine.Option;

/** The option that says what a pattern matches. */
final class MatchOption {
    @Option(
            names = "--match",
            paramLabel = "POLICY",
            description =
                    "exact, prefix (every URI that begins so) or wildcard (empty components fit anything: shop..price)."
                            + " Default: exact.")
    private MatchPolicy policy = MatchPolicy.EXACT;

    MatchPolicy policy() {
        return policy;
    }
}
