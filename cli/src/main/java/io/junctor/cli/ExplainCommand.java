package io.junctor.cli;

import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.router.authorization.Permissions;
import io.junctor.router.authorization.RuleExplanation;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.spi.Action;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Prints which rule of a role decides about a URI or pattern, and which other rules match it. */
@Command(
        name = "explain",
        description =
                "Prints whether a role may do something, which rule decides, and why the other matching rules do not.")
final class ExplainCommand implements Callable<Integer> {
    private final ConfigOption config = new ConfigOption();

    CommandSpec spec() {
        return CommandSyntax.annotated(this).with(config::addTo).spec();
    }

    @Option(names = "--realm", paramLabel = "NAME", description = "The realm. Default: the only one of the file.")
    private @Nullable String realm;

    @Option(names = "--role", paramLabel = "ROLE", required = true, description = "The role.")
    private String role = "";

    @Option(names = "--authid", paramLabel = "AUTHID", description = "What {authid} in rules stands for.")
    private @Nullable String authid;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            required = true,
            description = "call, register, replace, publish or subscribe.")
    private String action = "";

    @Option(names = "--uri", paramLabel = "URI", required = true, description = "The URI or pattern.")
    private String uri = "";

    @Option(
            names = "--match",
            paramLabel = "MATCH",
            defaultValue = "exact",
            description = "How a pattern is compared: exact, prefix or wildcard. Default: exact.")
    private String match = "exact";

    @Override
    public Integer call() {
        return switch (ConfigFile.read(config.file())) {
            case ConfigResult.Valid valid -> explain(valid.config());
            case ConfigResult.Invalid invalid -> FailurePrinter.onErrors(invalid);
        };
    }

    private int explain(RouterConfig router) {
        List<RealmConfig> named = router.all()
                .filter(each -> realm == null || each.name().equals(realm))
                .toList();
        if (named.size() != 1) {
            String names = router.all().map(RealmConfig::name).collect(Collectors.joining(", "));
            return FailurePrinter.onRefusal(
                    (realm == null ? "--realm is needed" : "there is no realm '" + realm + "'") + "; realms: " + names);
        }
        RealmConfig chosen = named.getFirst();
        RoleConfig rules = chosen.roles().get(role);
        if (rules == null) {
            return FailurePrinter.onRefusal("realm '" + chosen.name() + "' has no role '" + role + "'; roles: "
                    + String.join(", ", new TreeSet<>(chosen.roles().keySet())));
        }
        Action asked = action();
        MatchPolicy policy = MatchPolicy.ofWire(match);
        if (asked == null || policy == null) {
            return FailurePrinter.onRefusal(
                    asked == null
                            ? "--action must be call, register, replace, publish or subscribe, not '" + action + "'"
                            : "--match must be exact, prefix or wildcard, not '" + match + "'");
        }
        return explain(chosen, rules, asked, policy);
    }

    private @Nullable Action action() {
        for (Action each : Action.values()) {
            if (name(each).equals(action)) {
                return each;
            }
        }
        return null;
    }

    private int explain(RealmConfig chosen, RoleConfig rules, Action asked, MatchPolicy policy) {
        Uri about = new Uri(uri);
        String subject = name(asked) + " '" + uri + "'"
                + (policy == MatchPolicy.EXACT ? "" : " (match: " + policy.wire() + ")") + " for role '" + role
                + "' in realm '" + chosen.name() + "': ";
        if (!chosen.uris().isPattern(about, policy)) {
            System.out.println(subject + "denied: it is not a valid URI in this realm.");
            return ExitCode.OK;
        }
        if (asked != Action.CALL && asked != Action.SUBSCRIBE && about.isReserved()) {
            System.out.println(subject + "denied: URIs that begin with 'wamp.' or 'junctor.' belong to the router.");
            return ExitCode.OK;
        }
        Permissions permissions = new Permissions(rules).of(new Identity(authid, role, "", null));
        RuleExplanation why = permissions.explain(asked, about, policy);
        System.out.println(subject + verdict(why.effect()) + ".");
        System.out.println("  " + reason(why));
        why.others().forEach(other -> System.out.println("  " + overruled(other)));
        return ExitCode.OK;
    }

    private String reason(RuleExplanation why) {
        Rule decisive = why.decisive();
        if (why.closed()) {
            return "A rule that denies or asks names the session, and its authid or role cannot be part of a URI: all"
                    + " of this action is denied.";
        }
        if (decisive != null) {
            return place(decisive) + " decides: " + text(decisive);
        }
        return why.effect() instanceof RuleEffect.Deny
                ? "No rule fits all of it: what no rule allows is denied."
                : "No rule fits all of it: the role's authorizer decides.";
    }

    private String overruled(RuleExplanation.OverruledRule overruled) {
        String by = place(overruled.by());
        return place(overruled.rule()) + " fits as well: " + text(overruled.rule()) + "; "
                + switch (overruled.reason()) {
                    case NARROWER -> "it loses to " + by + ", which lets more through and is narrower";
                    case STRICTER -> "it loses to " + by + ", which is stricter, as it is not narrower than that";
                    case MORE_SPECIFIC -> "it is not as specific as " + by;
                };
    }

    private String place(Rule rule) {
        return config.file() + ":" + rule.line();
    }

    private static String text(Rule rule) {
        return verb(rule.effect()) + " \"" + rule.uri() + "\" (match: "
                + rule.match().wire() + ")";
    }

    private static String verb(RuleEffect effect) {
        return switch (effect) {
            case RuleEffect.Allow allow -> "allow";
            case RuleEffect.Ask ask -> "ask";
            case RuleEffect.Deny deny -> "deny";
        };
    }

    private static String verdict(RuleEffect effect) {
        return switch (effect) {
            case RuleEffect.Allow allow -> "allowed";
            case RuleEffect.Ask ask -> "left to the authorizer";
            case RuleEffect.Deny deny -> "denied";
        };
    }

    private static String name(Action each) {
        return each.name().toLowerCase(Locale.ROOT);
    }
}
