package io.junctor.wamp;

import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.DisclosedIdentity;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.ForwardedFor;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.InterruptOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterExtensions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.options.WelcomeDetails;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates messages of all types with random contents that every serialization can express. Confined to one thread.
 */
final class RandomMessages {
    private final Random random;
    private final RandomValues values;

    RandomMessages(Random random) {
        this.random = random;
        this.values = new RandomValues(random);
    }

    FromClient fromClient(Serializer serializer) throws UnrepresentableException {
        Payload payload = CodecFixture.CODECS.payload(values.arguments(), serializer);
        return switch (random.nextInt(13)) {
            case 0 -> new Hello(maybe(this::uri), hello());
            case 1 -> new Abort(close(), uri(), payload);
            case 2 -> new Authenticate(values.text(), values.dict());
            case 3 -> new Goodbye(close(), uri());
            case 4 -> new ErrorMessage(68, values.id(), new ErrorDetails(passthru(), values.dict()), uri(), payload);
            case 5 -> new Publish(values.id(), publish(), uri(), payload);
            case 6 ->
                new Subscribe(
                        values.id(),
                        new SubscribeMessageOptions(one(MatchPolicy.values()), flag(), forwards(), values.dict()),
                        uri());
            case 7 -> new Unsubscribe(values.id(), values.id());
            case 8 -> new Call(values.id(), call(), uri(), payload);
            case 9 -> new Cancel(values.id(), new CancelOptions(one(CancelMode.values()), values.dict()));
            case 10 -> new Register(values.id(), register(), uri());
            case 11 -> new Unregister(values.id(), values.id());
            default -> new Yield(values.id(), new ResultDetails(flag(), passthru(), values.dict()), payload);
        };
    }

    FromRouter fromRouter(Serializer serializer) throws UnrepresentableException {
        Payload payload = CodecFixture.CODECS.payload(values.arguments(), serializer);
        return switch (random.nextInt(14)) {
            case 0 -> new Welcome(values.id(), welcome());
            case 1 -> new Abort(close(), uri(), payload);
            case 2 -> new Challenge(values.text(), values.dict());
            case 3 -> new Goodbye(close(), uri());
            case 4 -> new ErrorMessage(48, values.id(), new ErrorDetails(passthru(), values.dict()), uri(), payload);
            case 5 -> new Published(values.id(), values.id());
            case 6 -> new Subscribed(values.id(), values.id());
            case 7 -> flag() ? new Unsubscribed(values.id(), null) : new Unsubscribed(0, revocation());
            case 8 -> new Event(values.id(), values.id(), event(), payload);
            case 9 -> new Result(values.id(), new ResultDetails(flag(), passthru(), values.dict()), payload);
            case 10 -> new Registered(values.id(), values.id());
            case 11 -> flag() ? new Unregistered(values.id(), null) : new Unregistered(0, revocation());
            case 12 -> new Invocation(values.id(), values.id(), invocation(), payload);
            default ->
                new Interrupt(
                        values.id(),
                        new InterruptOptions(maybe(() -> one(CancelMode.values())), maybe(this::uri), values.dict()));
        };
    }

    private HelloDetails hello() {
        return new HelloDetails(
                roles(Role.CLIENT),
                flag() ? List.of() : List.of(values.text()),
                maybe(values::text),
                maybe(values::text),
                values.dict(),
                maybe(values::text),
                values.dict());
    }

    private WelcomeDetails welcome() {
        Identity identity =
                new Identity(maybe(values::text), maybe(values::text), maybe(values::text), maybe(values::text));
        return new WelcomeDetails(
                roles(Role.ROUTER), maybe(values::text), identity, values.dict(), maybe(values::text), values.dict());
    }

    private PublishMessageOptions publish() {
        return flag()
                ? PublishMessageOptions.DEFAULT
                : new PublishMessageOptions(
                        flag(), flag(), flag(), flag(), audience(), passthru(), forwards(), values.dict());
    }

    private Audience audience() {
        return new Audience(
                maybe(this::ids), maybe(this::texts), maybe(this::texts), maybe(this::ids), maybe(this::texts), null);
    }

    private CallMessageOptions call() {
        return flag()
                ? CallMessageOptions.DEFAULT
                : new CallMessageOptions(
                        random.nextInt(3), flag(), flag(), flag(), passthru(), forwards(), values.dict());
    }

    private RegisterMessageOptions register() {
        return new RegisterMessageOptions(
                one(MatchPolicy.values()),
                one(InvokePolicy.values()),
                flag(),
                flag(),
                new RegisterExtensions(random.nextInt(3), flag(), flag()),
                forwards(),
                values.dict());
    }

    private EventDetails event() {
        return flag()
                ? EventDetails.NONE
                : new EventDetails(
                        disclosure(), maybe(this::uri), trust(), flag(), passthru(), forwards(), 0, values.dict());
    }

    private InvocationDetails invocation() {
        return flag()
                ? InvocationDetails.NONE
                : new InvocationDetails(
                        disclosure(), maybe(this::uri), trust(), 7, flag(), flag(), passthru(), values.dict());
    }

    private CloseDetails close() {
        return new CloseDetails(maybe(values::text), values.dict());
    }

    private RevocationDetails revocation() {
        return new RevocationDetails(values.id(), maybe(values::text));
    }

    private @Nullable DisclosedIdentity disclosure() {
        return maybe(() -> new DisclosedIdentity(values.id(), maybe(values::text), maybe(values::text)));
    }

    private @Nullable Long trust() {
        return maybe(() -> (long) random.nextInt(10));
    }

    private @Nullable PassthruOptions passthru() {
        return maybe(() -> new PassthruOptions(
                "x_" + values.text(), maybe(values::text), maybe(values::text), maybe(values::text)));
    }

    private List<ForwardedFor> forwards() {
        return flag() ? List.of() : List.of(new ForwardedFor(values.id(), values.text(), values.text()));
    }

    private Roles roles(List<Role> possible) {
        Map<Role, Set<Feature>> roles = new EnumMap<>(Role.class);
        roles.put(possible.get(random.nextInt(possible.size())), EnumSet.of(one(Feature.values())));
        roles.put(possible.get(random.nextInt(possible.size())), Set.of());
        return new Roles(roles);
    }

    private List<Long> ids() {
        return flag() ? List.of() : List.of(values.id(), values.id());
    }

    private List<String> texts() {
        return flag() ? List.of() : List.of(values.text(), values.text());
    }

    private Uri uri() {
        return new Uri(values.text());
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    private <T> T one(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return flag() ? value.get() : null;
    }
}
