package io.junctor.wamp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.WelcomeDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodedRolesTest {
    private static final Roles ONE = new Roles(Map.of(Role.BROKER, Set.of(Feature.EVENT_HISTORY)));
    private static final Roles OTHER = new Roles(Map.of(Role.DEALER, Set.of(Feature.CALL_TIMEOUT)));

    @ParameterizedTest
    @EnumSource
    void eachRealmAnnouncesItsOwnRoles(Serializer serializer) throws UnrepresentableException {
        Codecs codecs = new Codecs(CodecLimits.DEFAULT);
        for (Roles roles : new Roles[] {ONE, ONE, OTHER, ONE}) {
            Welcome welcome = new Welcome(
                    7,
                    new WelcomeDetails(
                            roles, "realm1", new Identity("a", "b", "c", null), Dict.EMPTY, "agent", Dict.EMPTY));
            byte[] sent = codecs.encode(welcome, serializer);
            assertThat(codecs.of(serializer).decodeFromRouter(sent)).isEqualTo(welcome);
        }
    }
}
