package io.junctor.cli.client;

import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.wamp.value.MatchPolicy;

/** The option that selects the match policy of a pattern. */
final class MatchOption {
    private final CommandLineArgument<MatchPolicy> policy = CommandLineArgument.option(
            "--match",
            "POLICY",
            "exact, prefix (every URI that begins so) or wildcard (empty components fit anything: shop..price)."
                    + " Default: exact.",
            MatchPolicy.class,
            MatchPolicy.EXACT);

    void addTo(CommandSyntax syntax) {
        syntax.add(policy);
    }

    MatchPolicy policy() {
        return policy.value();
    }
}
