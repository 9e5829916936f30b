package io.junctor.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.WelcomeDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestIdWrapTest {
    // ID-04, ID-09
    @Test
    void afterTheLargestIdComesOne() {
        ScriptedRouter router = new ScriptedRouter(Serializer.CBOR);
        SessionLimits settings = new SessionLimits(1, 1, 1, 0, 1 << 20, 1 << 20, 100, 1 << 20);
        SessionContext environment = new SessionContext(
                settings, new Codecs(CodecLimits.DEFAULT)::of, new ManualTimers(), new NoPassthruCodec(), Ids.MAX - 1);
        HelloDetails details = HelloDetails.anonymous(new Roles(Map.of(Role.PUBLISHER, Set.of())));
        CompletableFuture<SessionEngine.OpenSession> joining =
                SessionEngine.join(router, new Hello(new Uri("realm1"), details), environment);
        router.expect(Hello.class);
        router.send(new Welcome(
                1,
                new WelcomeDetails(
                        new Roles(Map.of(Role.BROKER, Set.of())),
                        "realm1",
                        new Identity(null, null, null, null),
                        Dict.EMPTY,
                        null,
                        Dict.EMPTY)));
        SessionEngine engine = joining.join().engine();

        for (long expected : new long[] {Ids.MAX, 1, 2}) {
            var written =
                    engine.publish(new Uri("a.b"), passthru -> PublishMessageOptions.DEFAULT, Arguments.NONE, null);
            assertThat(written).isCompleted();
            assertThat(router.expect(Publish.class).request()).isEqualTo(expected);
        }
    }
}
