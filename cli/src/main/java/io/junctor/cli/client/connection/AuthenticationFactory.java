package io.junctor.cli.client.connection;

import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.client.auth.Authentication;
import io.junctor.client.auth.ChannelBindingMode;
import org.jspecify.annotations.Nullable;

/** Creates the client's authentication from the settings. */
final class AuthenticationFactory {
    private static final String METHODS = "anonymous, ticket, wampcra, scram, cryptosign, jwt, tls, unix";

    private final ConnectionSettings settings;
    private final SecretReader secret;

    AuthenticationFactory(ConnectionSettings settings, CommandEnvironment environment) {
        this.settings = settings;
        this.secret = new SecretReader(settings, environment);
    }

    Authentication authentication() {
        Authentication method = method();
        String role = setting(ConnectionSetting.AUTHROLE);
        Authentication asking = role == null ? method : method.role(role);
        String binding = setting(ConnectionSetting.CHANNEL_BINDING);
        return binding == null ? asking : asking.channelBinding(mode(binding));
    }

    private Authentication method() {
        String authid = setting(ConnectionSetting.AUTHID);
        String method = setting(ConnectionSetting.AUTH);
        return switch (method == null ? "anonymous" : method) {
            case "anonymous" -> anonymous(authid);
            case "ticket" -> Authentication.ticket(needed(authid), secret.read("ticket"));
            case "wampcra" -> Authentication.wampcra(needed(authid), secret.read("secret"));
            case "scram", "wamp-scram" -> Authentication.scram(needed(authid), secret.read("password"));
            case "cryptosign" ->
                Authentication.cryptosign(
                        authid, secret.read("private key").strip(), setting(ConnectionSetting.ROUTER_KEY));
            case "jwt" -> {
                String token = secret.read("token").strip();
                yield Authentication.jwt(() -> token);
            }
            case "tls" -> authid == null ? Authentication.tls() : Authentication.tls(authid);
            case "unix" -> Authentication.unix();
            case String other ->
                throw CommandException.usage("there is no login method '" + other + "'; there are " + METHODS);
        };
    }

    private static Authentication anonymous(@Nullable String authid) {
        if (authid != null) {
            throw CommandException.usage("an authid needs a login method: use " + ConnectionSetting.AUTH.option()
                    + " with one of " + METHODS);
        }
        return Authentication.anonymous();
    }

    private static String needed(@Nullable String authid) {
        if (authid == null) {
            throw CommandException.usage("this login method needs " + ConnectionSetting.AUTHID.option());
        }
        return authid;
    }

    private static ChannelBindingMode mode(String name) {
        return switch (name) {
            case "none" -> ChannelBindingMode.NONE;
            case "if-possible" -> ChannelBindingMode.IF_POSSIBLE;
            case "required" -> ChannelBindingMode.REQUIRED;
            default ->
                throw CommandException.usage(ConnectionSetting.CHANNEL_BINDING.option()
                        + " must be none, if-possible or required, not '" + name + "'");
        };
    }

    private @Nullable String setting(ConnectionSetting setting) {
        return settings.value(setting).orElse(null);
    }
}
