package io.junctor.cli.client;

import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.client.PublishOptions;
import java.util.function.BiFunction;

/** The options of the Advanced Profile that select the receivers of an event, and what they learn about the publisher. */
final class ReceiverOptions {
    private final CommandLineArgument<Boolean> retain =
            CommandLineArgument.flag("--retain", "Let the router keep the event for later subscribers.");
    private final CommandLineArgument<Boolean> discloseMe =
            CommandLineArgument.flag("--disclose-me", "Tell the subscribers who publishes.");
    private final CommandLineArgument<long[]> exclude =
            CommandLineArgument.list("--exclude", "SESSION", "Not to these sessions.", new long[0]);
    private final CommandLineArgument<String[]> excludeAuthid =
            CommandLineArgument.list("--exclude-authid", "NAME", "Not to these authids.", new String[0]);
    private final CommandLineArgument<String[]> excludeAuthrole =
            CommandLineArgument.list("--exclude-authrole", "ROLE", "Not to these roles.", new String[0]);
    private final CommandLineArgument<long[]> eligible =
            CommandLineArgument.list("--eligible", "SESSION", "Only to these sessions.", new long[0]);
    private final CommandLineArgument<String[]> eligibleAuthid =
            CommandLineArgument.list("--eligible-authid", "NAME", "Only to these authids.", new String[0]);
    private final CommandLineArgument<String[]> eligibleAuthrole =
            CommandLineArgument.list("--eligible-authrole", "ROLE", "Only to these roles.", new String[0]);

    void addTo(CommandSyntax syntax) {
        syntax.add(retain, discloseMe, exclude, excludeAuthid, excludeAuthrole);
        syntax.add(eligible, eligibleAuthid, eligibleAuthrole);
    }

    PublishOptions options() {
        PublishOptions options = PublishOptions.DEFAULT;
        options = retain.value() ? options.retained() : options;
        options = discloseMe.value() ? options.discloseMe() : options;
        options = with(options, exclude, PublishOptions::exclude);
        options = with(options, excludeAuthid, PublishOptions::excludeAuthid);
        options = with(options, excludeAuthrole, PublishOptions::excludeAuthrole);
        options = with(options, eligible, PublishOptions::eligible);
        options = with(options, eligibleAuthid, PublishOptions::eligibleAuthid);
        return with(options, eligibleAuthrole, PublishOptions::eligibleAuthrole);
    }

    private static <T> PublishOptions with(
            PublishOptions options,
            CommandLineArgument<T> argument,
            BiFunction<PublishOptions, T, PublishOptions> change) {
        return argument.given().map(value -> change.apply(options, value)).orElse(options);
    }
}
