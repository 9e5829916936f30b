package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.encryption.AesGcmCodec;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encrypted payloads, which the router cannot read. */
@Timeout(60)
class SealedTest {
    private static final byte[] KEY =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final byte[] OLD_KEY = new byte[32];
    private static final AesGcmCodec AES = AesGcmCodec.withKey("k2", KEY).alsoOpening("k1", OLD_KEY);

    /** A custom scheme: reverses the text. */
    private static final class Backwards implements PayloadCodec {
        @Override
        public String scheme() {
            return "x_backwards";
        }

        @Override
        public SealedPayload seal(Args args) {
            String text = (String) args.positional().getFirst();
            return new SealedPayload(turned(text).getBytes(StandardCharsets.UTF_8), null, null, null);
        }

        @Override
        public Args open(SealedPayload payload) {
            return Args.of(turned(new String(payload.bytes(), StandardCharsets.UTF_8)));
        }

        private static String turned(String text) {
            return new StringBuilder(text).reverse().toString();
        }
    }

    private static Pair pair() {
        return new Pair(client -> client.payloadCodecs(AES, new Backwards()));
    }

    private static ScriptedSession scripted(Serializer serializer) {
        return ScriptedSession.openWithPassthru(serializer, client -> client.payloadCodecs(AES, new Backwards()));
    }

    @Test
    void anEventIsReadByWhoHasTheKey() throws Exception {
        try (Pair pair = pair()) {
            record Order(String item, int count) {}
            pair.bob.subscribe("shop.order", event -> {
                pair.got(event.argument(0, Order.class));
                pair.got(event.keyword("signature", byte[].class));
                pair.got(event.keywords().containsKey("note"));
            });
            Args args = Args.of(new Order("tea", 3))
                    .with("signature", new byte[] {1, 2, 3})
                    .with("note", null);
            pair.ann.publish("shop.order", args, PublishOptions.DEFAULT.sealed());
            assertThat(pair.next()).isEqualTo(new Order("tea", 3));
            assertThat(pair.next()).isEqualTo(new byte[] {1, 2, 3});
            assertThat(pair.next()).isEqualTo(true);
        }
    }

    @Test
    void theRouterSeesEncryptedPayloadsOnly() throws Exception {
        try (Pair pair = pair();
                Session spy = Client.builder(pair.router.uri())
                        .payloadCodecs(new Recorder(pair))
                        .build()
                        .join()) {
            spy.subscribe("shop.order", event -> pair.got("read"));
            pair.ann.publish("shop.order", Args.of("a secret"), PublishOptions.DEFAULT.sealed("wamp"));
            SealedPayload seen = (SealedPayload) pair.next();
            assertThat(seen.toString()).endsWith("bytes of cbor sealed by aes256gcm with key k2");
            assertThat(new String(seen.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
            assertThat(pair.gotNothingMore()).isTrue();
        }
    }

    /** Has no key; records the encrypted payloads. */
    private record Recorder(Pair pair) implements PayloadCodec {
        @Override
        public String scheme() {
            return "wamp";
        }

        @Override
        public SealedPayload seal(Args args) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Args open(SealedPayload payload) {
            pair.got(payload);
            throw new IllegalStateException("no key");
        }
    }

    // PPT-01, PPT-05
    @Test
    void aCallIsReadByTheCalleeAndItsAnswerByTheCaller() {
        try (Pair pair = pair();
                Session plain = Client.builder(pair.router.uri()).build().join()) {
            pair.bob.register("shop.order", call -> {
                call.progress().ifPresent(progress -> progress.send("soon"));
                String item = call.argument(0, String.class);
                if (item.equals("coffee")) {
                    throw new WampException("shop.error.out_of_stock", Args.of("no coffee left"));
                }
                return Args.of(item + " it is").with("signature", new byte[] {1, 2});
            });
            var result = pair.ann.call("shop.order", Args.of("tea"), CallOptions.DEFAULT.sealed());
            assertThat(result.as(String.class)).isEqualTo("tea it is");
            assertThat(result.keyword("signature", byte[].class)).containsExactly(1, 2);
            assertThatThrownBy(() -> pair.ann.call("shop.order", Args.of("coffee"), CallOptions.DEFAULT.sealed()))
                    .hasMessage("shop.error.out_of_stock: no coffee left");
            try (ResultStream results =
                    pair.ann.stream("shop.order", Args.of("tea"), CallOptions.DEFAULT.sealed("wamp"))) {
                assertThat(results.iterator().next().as(String.class)).isEqualTo("soon");
                assertThat(results.result().as(String.class)).isEqualTo("tea it is");
            }
            plain.register("shop.plain", call -> 1);
            assertThatThrownBy(() -> pair.ann.call("shop.plain", Args.of("tea"), CallOptions.DEFAULT.sealed()))
                    .hasMessageContaining("wamp.error.feature_not_supported");
        }
    }

    @Test
    void aCustomSchemeWorksTheSame() throws Exception {
        try (Pair pair = pair()) {
            pair.bob.subscribe("shop.order", event -> pair.got(event.argument(0, String.class)));
            pair.ann.publish("shop.order", Args.of("tea"), PublishOptions.DEFAULT.sealed("x_backwards"));
            assertThat(pair.next()).isEqualTo("tea");
        }
    }

    // PPT-08
    @ParameterizedTest
    @EnumSource(Serializer.class)
    void aCallIsSealedAndItsResultOpened(Serializer serializer) {
        try (ScriptedSession scripted = scripted(serializer)) {
            var calling = scripted.async().call("shop.order", Args.of("tea"), CallOptions.DEFAULT.sealed());
            Call call = scripted.router.expect(Call.class);
            assertThat(call.options().passthru()).isEqualTo(new PassthruOptions("wamp", "cbor", "aes256gcm", "k2"));
            SealedPayload sealed =
                    sealed(scripted, call.payload(), call.options().passthru());
            assertThat(open(sealed).positional()).containsExactly("tea");

            SealedPayload answer = seal(AesGcmCodec.withKey("k1", OLD_KEY), Args.of(17));
            PassthruOptions passthru = new PassthruOptions("wamp", "cbor", "aes256gcm", "k1");
            scripted.router.send(new Result(
                    call.request(), new ResultDetails(false, passthru, Dict.EMPTY), scripted.router.payload((Object)
                            answer.bytes())));
            assertThat(ScriptedSession.value(calling).as(Long.class)).isEqualTo(17);
        }
    }

    @Test
    void anInvocationIsAnsweredByItsOwnScheme() {
        try (ScriptedSession scripted = scripted(Serializer.CBOR)) {
            scripted.register("shop.order", 30, call -> call.argument(0, String.class) + " it is");
            PassthruOptions backwards = new PassthruOptions("x_backwards", null, null, null);
            scripted.router.send(invocation(scripted, 1, backwards, "aet".getBytes(StandardCharsets.UTF_8)));
            Yield yield = scripted.router.expect(Yield.class);
            assertThat(yield.options().passthru()).isEqualTo(backwards);
            byte[] bytes = sealed(scripted, yield.payload(), backwards).bytes();
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("si ti aet");
        }
    }

    // PPT-09
    @Test
    void aPayloadThatCannotBeDecryptedIsInvalidArgument() {
        try (ScriptedSession scripted = scripted(Serializer.CBOR)) {
            scripted.register("shop.order", 30, call -> "wrong");
            List<PassthruOptions> strange = List.of(
                    new PassthruOptions("x_other", null, null, null),
                    new PassthruOptions("wamp", "flatbuffers", "aes256gcm", "k2"),
                    new PassthruOptions("wamp", "cbor", "rot13", "k2"),
                    new PassthruOptions("wamp", "cbor", "aes256gcm", "k9"),
                    new PassthruOptions("wamp", "cbor", "aes256gcm", "k2"));
            for (int i = 0; i < strange.size(); i++) {
                scripted.router.send(invocation(scripted, i + 1, strange.get(i), new byte[40]));
                var error = scripted.router.expect(io.junctor.wamp.message.ErrorMessage.class);
                assertThat(error.error().text()).isEqualTo("wamp.error.invalid_argument");
            }
        }
    }

    // PPT-09
    @Test
    void anEventThatCannotBeOpenedIsDropped() throws Exception {
        try (ScriptedSession scripted = scripted(Serializer.CBOR)) {
            CompletableFuture<String> handled = new CompletableFuture<>();
            scripted.subscribe("shop.order", 20, event -> handled.complete(event.argument(0, String.class)));
            PassthruOptions passthru = new PassthruOptions("wamp", "cbor", "aes256gcm", "k2");
            EventDetails details = new EventDetails(null, null, null, false, passthru, List.of(), 0, Dict.EMPTY);
            scripted.router.send(
                    new Event(20, 1, details, scripted.router.payload((Object) new byte[40])),
                    new Event(20, 2, details, scripted.router.payload("no bytes")),
                    new Event(20, 3, EventDetails.NONE, scripted.router.payload("plain")));
            assertThat(ScriptedSession.value(handled)).isEqualTo("plain");
        }
    }

    // PPT-04
    @Test
    void nothingIsSealedForARouterThatDidNotAnnounceIt() {
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.payloadCodecs(AES))) {
            assertThat(ScriptedSession.failure(scripted.async().call("a.b", Args.NONE, CallOptions.DEFAULT.sealed()))
                            .uri())
                    .isEqualTo("wamp.error.feature_not_supported");
        }
    }

    @Test
    void aSchemeWithoutCodecIsRefused() {
        try (ScriptedSession scripted = scripted(Serializer.CBOR)) {
            var calling = scripted.async().call("a.b", Args.NONE, CallOptions.DEFAULT.sealed("x_none"));
            assertThat(ScriptedSession.failure(calling)).hasMessageContaining("no payload codec for scheme 'x_none'");
        }
        assertThatThrownBy(() -> AesGcmCodec.withKey("k", new byte[16])).hasMessageContaining("32 bytes, not 16");
    }

    private static Invocation invocation(ScriptedSession scripted, long id, PassthruOptions passthru, byte[] bytes) {
        InvocationDetails details = new InvocationDetails(null, null, null, 0, false, false, passthru, Dict.EMPTY);
        return new Invocation(id, 30, details, scripted.router.payload((Object) bytes));
    }

    private static SealedPayload sealed(ScriptedSession scripted, Payload payload, PassthruOptions passthru) {
        var arguments = scripted.router.arguments(payload);
        assertThat(arguments.keywords()).isEqualTo(Map.of());
        assertThat(arguments.positional()).hasSize(1);
        byte[] bytes = (byte[]) arguments.positional().getFirst();
        return new SealedPayload(bytes, passthru.serializer(), passthru.cipher(), passthru.keyId());
    }

    private static SealedPayload seal(PayloadCodec codec, Args args) {
        try {
            return codec.seal(args);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static Args open(SealedPayload payload) {
        try {
            return AES.open(payload);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
