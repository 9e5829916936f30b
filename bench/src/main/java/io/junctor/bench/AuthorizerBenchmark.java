package io.junctor.bench;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.Authorizer.Decision;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Checks this claim: a message costs the same whether a rule or the cached decision of an authorizer allows it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AuthorizerBenchmark {
    private static final Uri TOPIC = new Uri("com.bench.item0");

    /** The source of the decision. */
    public enum DecisionSource {
        RULE(RuleEffect.Allow.PLAIN),
        AUTHORIZER(RuleEffect.Ask.PLAIN);

        private final RuleEffect effect;

        DecisionSource(RuleEffect effect) {
            this.effect = effect;
        }

        private RoleConfig role() {
            Rule rule = new Rule(new Uri("com.bench."), MatchPolicy.PREFIX, Set.of(Action.PUBLISH), effect);
            AuthorizerConfig.Source source = new AuthorizerConfig.Program(request -> Decision.ALLOWED);
            return new RoleConfig(List.of(rule), new AuthorizerConfig(source, AuthorizerConfig.LONGEST_CACHE));
        }
    }

    /** The source of the decision about the publications. */
    @Param
    private DecisionSource source = DecisionSource.RULE;

    private InMemoryRouter router = new InMemoryRouter();
    private InMemoryClient publisher = router.join();
    private final MessageTemplate publications = new MessageTemplate(
            1,
            id -> new Publish(
                    id, PublishMessageOptions.ACKNOWLEDGE, TOPIC, BenchMessages.payload(Serializer.MSGPACK, 64)));

    /** Joins and waits until the first publication is authorized, so that its decision is cached. */
    @Setup(Level.Trial)
    public void decide() {
        router.close();
        router = new InMemoryRouter(RealmConfig.open("realm1").toBuilder()
                .role("anonymous", source.role())
                .build());
        publisher = router.join();
        long before = publisher.received();
        publish();
        publisher.awaitMoreThan(before);
    }

    /** Closes the router. */
    @TearDown(Level.Trial)
    public void close() {
        router.close();
    }

    /** Publishes with acknowledgement to no subscribers. */
    @Benchmark
    public long publish() {
        publisher.send(publications.next());
        return publisher.received();
    }
}
