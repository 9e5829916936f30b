package io.junctor.router.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.session.ScriptedConnection;
import io.junctor.router.session.Seat;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    @ParameterizedTest
    @EnumSource(Serializer.class)
    void answersWithItsTextInEverySerialization(Serializer serializer) {
        Refusal refusal = Refusal.of(WampError.NO_SUCH_PROCEDURE, "no callee: 'x' (limit 5)");
        Seat seat = new Seat(1, serializer);
        try (Pass pass = Pass.open()) {
            seat.session.refuse(refusal, Call.CODE, 42);
        }

        ErrorMessage answer = (ErrorMessage) seat.received().getFirst();
        assertThat(answer.requestType()).isEqualTo(Call.CODE);
        assertThat(answer.request()).isEqualTo(42);
        assertThat(answer.error()).isEqualTo(WampError.NO_SUCH_PROCEDURE.uri());
        assertThat(ScriptedConnection.CODECS.arguments(answer.payload()))
                .isEqualTo(Arguments.of("no callee: 'x' (limit 5)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a \"quote\"", "a \\ backslash", "line\nbreak", "caf\u00e9", "\ud83d\ude00"})
    void textOfAClientIsEscaped(String text) {
        Refusal refusal = Refusal.of(WampError.INVALID_URI, text);

        assertThat(ScriptedConnection.CODECS.arguments(refusal.payload())).isEqualTo(Arguments.of(text));
    }

    @Test
    void aLoneSurrogateBecomesTheReplacementCharacter() {
        Refusal refusal = Refusal.of(WampError.INVALID_URI, "a\ud83db");

        assertThat(ScriptedConnection.CODECS.arguments(refusal.payload())).isEqualTo(Arguments.of("a\ufffdb"));
    }
}
