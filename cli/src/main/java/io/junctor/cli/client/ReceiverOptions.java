package io.junctor.cli.client;

import io.junctor.client.PublishOptions;
import picocli.CommandLine.Option;

/** The options of the Advanced Profile that say which subscribers get an event, and what they learn. */
final class ReceiverOptions {
    private PublishOptions options = PublishOptions.DEFAULT;

    PublishOptions options() {
        return options;
    }

    @Option(names = "--retain", description = "Let the router keep the event for later subscribers.")
    void retain(boolean on) {
        options = on ? options.retained() : options;
    }

    @Option(names = "--disclose-me", description = "Tell the subscribers who publishes.")
    void discloseMe(boolean on) {
        options = on ? options.discloseMe() : options;
    }

    @Option(names = "--exclude", split = ",", paramLabel = "SESSION", description = "Not to these sessions.")
    void exclude(long[] sessions) {
        options = options.exclude(sessions);
    }

    @Option(names = "--exclude-authid", split = ",", paramLabel = "NAME", description = "Not to these authids.")
    void excludeAuthid(String[] names) {
        options = options.excludeAuthid(names);
    }

    @Option(names = "--exclude-authrole", split = ",", paramLabel = "ROLE", description = "Not to these roles.")
    void excludeAuthrole(String[] roles) {
        options = options.excludeAuthrole(roles);
    }

    @Option(names = "--eligible", split = ",", paramLabel = "SESSION", description = "Only to these sessions.")
    void eligible(long[] sessions) {
        options = options.eligible(sessions);
    }

    @Option(names = "--eligible-authid", split = ",", paramLabel = "NAME", description = "Only to these authids.")
    void eligibleAuthid(String[] names) {
        options = options.eligibleAuthid(names);
    }

    @Option(names = "--eligible-authrole", split = ",", paramLabel = "ROLE", description = "Only to these roles.")
    void eligibleAuthrole(String[] roles) {
        options = options.eligibleAuthrole(roles);
    }
}
