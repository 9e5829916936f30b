package io.junctor.cli.bench;

import io.junctor.cli.bench.session.BenchException;
import io.junctor.cli.bench.session.LoadSession;
import io.junctor.cli.bench.session.SessionFactory;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;

/** Callers call a procedure; callees return the arguments of each call. An operation is a call. */
final class RpcWorkload extends Workload {
    private final Payload payload;
    private final String name = freshName();

    RpcWorkload(LoadPlan plan, SessionFactory sessions, OperationStatistics statistics) {
        super(plan, plan.partners(), sessions, statistics);
        this.payload = NumberedPayload.plain(sessions.codec(), plan.payloadBytes());
    }

    @Override
    void joinPartner(int number) {
        sessions.joinPartner(number, new Callee(procedure(number)));
    }

    @Override
    Sender joinSender(int number) {
        return new Caller(number);
    }

    private Uri procedure(int number) {
        return new Uri(name + "." + number);
    }

    private final class Callee implements LoadSession.Listener {
        private final Uri procedure;

        Callee(Uri procedure) {
            this.procedure = procedure;
        }

        @Override
        public void onJoined(LoadSession session) {
            session.send(new Register(1, RegisterMessageOptions.DEFAULT, procedure));
        }

        @Override
        public void onMessage(LoadSession session, FromRouter message) {
            switch (message) {
                case Invocation call -> session.send(new Yield(call.request(), ResultDetails.FINAL, call.payload()));
                case Registered registered -> onReady();
                case ErrorMessage error ->
                    throw new BenchException("the router refused to register " + procedure + ": " + words(error) + ".");
                case FromRouter other -> {}
            }
        }
    }

    private final class Caller implements LoadSession.Listener, Sender {
        private final Uri procedure;
        private final OpenOperations calls = new OpenOperations();
        private final LoadSession session;

        Caller(int number) {
            this.procedure = procedure(number % plan.partners());
            this.session = sessions.joinSender(number, this);
        }

        @Override
        public void send(long dueNanos) {
            session.send(new Call(calls.add(dueNanos, 1), CallMessageOptions.DEFAULT, procedure, payload));
            owed++;
        }

        @Override
        public void onJoined(LoadSession joined) {
            onReady();
        }

        @Override
        public void onMessage(LoadSession self, FromRouter message) {
            switch (message) {
                case Result result -> onAnswer(result.request(), true);
                case ErrorMessage error -> {
                    statistics.onError(words(error));
                    onAnswer(error.request(), false);
                }
                case FromRouter other -> {}
            }
        }

        private void onAnswer(long request, boolean good) {
            if (calls.awaited(request) == 0) {
                statistics.onError("an answer to no call");
                return;
            }
            if (good) {
                statistics.onDone(calls.dueNanos(request));
            }
            calls.answered(request);
            owed--;
            next(this);
        }
    }
}
