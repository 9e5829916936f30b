package io.junctor.router.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.router.spi.TransportDetails;
import io.junctor.wamp.value.Dict;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTableTest {
    private final UserTable users =
            new UserTable(new AuthSource.Users(Map.of("anna", Principal.of("user", new Credential.Secret("secret")))));

    /** What is computed for a stranger is computed for a user too: the time of a look-up does not tell them apart. */
    @ParameterizedTest
    @ValueSource(strings = {"anna", "nobody", ""})
    void aUserIsMadeUpForEachClientWhetherItIsKnownOrNot(String authid) {
        AuthenticationRequest applicant = new AuthenticationRequest(
                "realm1",
                1,
                AuthMethod.WAMPCRA,
                authid,
                null,
                Dict.EMPTY,
                new TransportDetails("127.0.0.1:1", null),
                null);
        for (int lookUps = 1; lookUps <= 3; lookUps++) {
            users.authenticate(applicant);
            assertThat(users.countMadeUp()).isEqualTo(lookUps);
        }
    }
}
