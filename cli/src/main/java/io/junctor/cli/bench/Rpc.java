package io.junctor.cli.bench;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallOptions;
import io.junctor.wamp.options.RegisterOptions;
import io.junctor.wamp.options.YieldOptions;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;

/** Callers call; callees give back what they were given. An operation is a call. */
final class Rpc implements Workload {
    private final Plan plan;
    private final Room room;
    private final Payload payload;
    private final Tally tally;
    private final String name = Workload.freshName();
    private final List<Caller> callers = new ArrayList<>();
    private int callees;
    private int ready;
    private int turn;
    private long owed;
    private boolean stopped;

    Rpc(Plan plan, Room room, Codec codec, Tally tally) {
        this.plan = plan;
        this.room = room;
        this.payload = Stamp.plain(codec, plan.payloadBytes());
        this.tally = tally;
    }

    @Override
    public boolean prepare() {
        while (callees < plan.partners() && room.hasPlace(callees - ready)) {
            room.join(new Callee(procedure(callees++)));
        }
        while (ready >= plan.partners() && callers.size() < plan.connections() && room.hasPlace(unready())) {
            callers.add(new Caller(procedure(callers.size() % plan.partners())));
        }
        return ready == plan.partners() + plan.connections();
    }

    @Override
    public void start(int each) {
        for (Caller caller : callers) {
            for (int i = 0; i < each; i++) {
                caller.call(System.nanoTime());
            }
        }
    }

    @Override
    public void issue(long dueNanos) {
        callers.get(turn).call(dueNanos);
        turn = (turn + 1) % callers.size();
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public long owed() {
        return owed;
    }

    private int unready() {
        return callees + callers.size() - ready;
    }

    private Uri procedure(int number) {
        return new Uri(name + "." + number);
    }

    private final class Callee implements Member.Part {
        private final Uri procedure;

        Callee(Uri procedure) {
            this.procedure = procedure;
        }

        @Override
        public void onJoined(Member member) {
            member.send(new Register(1, RegisterOptions.DEFAULT, procedure));
        }

        @Override
        public void onMessage(Member member, FromRouter message) {
            switch (message) {
                case Invocation call -> member.send(new Yield(call.request(), YieldOptions.FINAL, call.payload()));
                case Registered registered -> ready++;
                case ErrorMessage error ->
                    throw new BenchFailure(
                            "the router refused to register " + procedure + ": " + Workload.words(error) + ".");
                case FromRouter other -> {}
            }
        }
    }

    private final class Caller implements Member.Part {
        private final Uri procedure;
        private final InFlight calls = new InFlight();
        private final Member member;

        Caller(Uri procedure) {
            this.procedure = procedure;
            this.member = room.join(this);
        }

        void call(long dueNanos) {
            member.send(new Call(calls.add(dueNanos, 1), CallOptions.DEFAULT, procedure, payload));
            owed++;
        }

        @Override
        public void onJoined(Member joined) {
            ready++;
        }

        @Override
        public void onMessage(Member self, FromRouter message) {
            switch (message) {
                case Result result -> onAnswer(result.request(), true);
                case ErrorMessage error -> {
                    tally.onError(Workload.words(error));
                    onAnswer(error.request(), false);
                }
                case FromRouter other -> {}
            }
        }

        private void onAnswer(long request, boolean good) {
            if (calls.awaited(request) == 0) {
                tally.onError("an answer to no call");
                return;
            }
            if (good) {
                tally.onDone(calls.dueNanos(request));
            }
            calls.answered(request);
            owed--;
            if (!plan.isOpenLoop() && !stopped) {
                call(System.nanoTime());
            }
        }
    }
}
