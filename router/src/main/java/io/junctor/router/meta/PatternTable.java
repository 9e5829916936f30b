package io.junctor.router.meta;

import io.junctor.router.config.RealmLimits.Names;
import io.junctor.router.match.PatternMap;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the subscriptions or registrations of a realm by id, by URI or pattern, and by a URI that the pattern matches. */
public class PatternTable<E extends PatternEntry> {
    private final PatternMap<E> byUri = new PatternMap<>();
    private final IdTable<E> byId = new IdTable<>();
    private final WampError notFound;
    private final String noun;

    /** Creates an empty table; {@code notFound} is the error for an unknown id, and {@code noun} is the name of an entry in the error text. */
    protected PatternTable(WampError notFound, String noun) {
        this.notFound = notFound;
        this.noun = noun;
    }

    /** The entry with this id, or null. */
    @InTurn
    public final @Nullable E get(long id) {
        return byId.get(id);
    }

    /** The entry with this URI or pattern and match policy, or null. */
    @InTurn
    public final @Nullable E get(Uri uri, MatchPolicy match) {
        return byUri.get(uri, match);
    }

    /** The entry with the highest precedence that matches {@code uri}, to which a call goes, or null. */
    @InTurn
    public final @Nullable E best(Uri uri) {
        return byUri.best(uri);
    }

    /** Passes each entry whose URI or pattern matches {@code uri} to {@code action}. */
    @InTurn
    public final void forEachMatch(Uri uri, Consumer<E> action) {
        byUri.forEachMatch(uri, action);
    }

    /** A copy of all entries, in no order. */
    @InTurn
    public final List<E> all() {
        return byId.copy();
    }

    /** A copy of some entries, see {@link IdTable#copy(int, int)}. */
    @InTurn
    public final List<E> some(int offset, int most) {
        return byId.copy(offset, most);
    }

    /** The number of entries. */
    @InTurn
    public final int size() {
        return byId.size();
    }

    /** Whether the limits of wildcard shapes allow {@code session} to add a URI or pattern that the table does not contain. */
    @InTurn
    public final boolean hasRoom(Session session, Uri uri, MatchPolicy match) {
        Names limits = session.limits().names();
        return byUri.hasRoom(uri, match, session.id(), limits.wildcardShapes(), limits.wildcardShapesPerSession());
    }

    /** The error for a request that names an id without an entry. */
    public final Refusal notFound(long id) {
        return Refusal.of(notFound, "there is no " + noun + " with the id " + id);
    }

    /** The error for a request that names an entry which {@code session} does not hold. */
    public final Refusal notHeld(long session, long id) {
        return Refusal.of(notFound, "session " + session + " holds no " + noun + " with the id " + id);
    }

    /** Adds an entry. If its pattern has a new wildcard shape, the shape counts for {@code session}. */
    @InTurn
    protected final void add(E entry, long session) {
        byUri.put(entry.uri(), entry.match(), entry, session);
        byId.put(entry.id(), entry);
    }

    /** Removes an entry. */
    @InTurn
    protected final void remove(E entry) {
        byUri.remove(entry.uri(), entry.match());
        byId.remove(entry.id());
    }
}
