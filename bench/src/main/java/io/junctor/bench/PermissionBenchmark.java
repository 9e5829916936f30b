package io.junctor.bench;

import io.junctor.router.authorization.DecisionCache;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.Permissions;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Checks this claim: a decision takes less than 5 microseconds even for a role with a thousand rules. A session caches its
 * decisions by URI; a cached decision takes less than 50 nanoseconds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PermissionBenchmark {
    /**
     * The number of rules of the role: a third are exact, a third prefix and a third wildcard rules; every tenth rule of each kind denies.
     */
    @Param({"3", "30", "999"})
    private int rules;

    private Permissions permissions = new Permissions(RoleConfig.everything());
    private DecisionCache decisions = decisions(permissions);
    private final Uri allowedByLast = new Uri("com.allowed.x");

    /** Creates the role; the last of its rules decides. */
    @Setup
    public void role() {
        permissions = new Permissions(
                new RoleConfig(IntStream.range(0, rules).mapToObj(this::rule).toList()));
        decisions = decisions(permissions);
    }

    private static DecisionCache decisions(Permissions permissions) {
        return new DecisionCache(new SessionPermissions(RealmConfig.open("bench"), permissions), query -> {});
    }

    private Rule rule(int number) {
        boolean last = number == rules - 1;
        MatchPolicy match = last ? MatchPolicy.WILDCARD : MatchPolicy.values()[number % 3];
        String text = last ? "com.allowed." : "com.part" + number + ".x";
        return new Rule(new Uri(text), match, EnumSet.allOf(Action.class), last || number / 3 % 10 != 0);
    }

    /** Decides on one URI. */
    @Benchmark
    public boolean exactUri() {
        return permissions.allows(Action.CALL, allowedByLast, MatchPolicy.EXACT);
    }

    /** Decides on a pattern. */
    @Benchmark
    public boolean pattern() {
        return permissions.allows(Action.SUBSCRIBE, allowedByLast, MatchPolicy.WILDCARD);
    }

    /** Decides on a URI that this session used before. The URI object is new each time, like a decoded one. */
    @Benchmark
    public boolean cachedDecision() {
        PermissionQuery query = new PermissionQuery(Action.CALL, new Uri(allowedByLast.text()), MatchPolicy.EXACT);
        return decisions.find(query) instanceof Verdict.Allowed;
    }
}
