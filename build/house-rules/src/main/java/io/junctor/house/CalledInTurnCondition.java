package io.junctor.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/**
 * Checks that methods with the annotation of the turn are called in the turn only.
 *
 * <p>It checks calls, lambdas and method references in the byte code. It cannot check that a lambda runs in the right
 * turn; an assertion at run time does.
 */
final class CalledInTurnCondition extends ArchCondition<JavaCodeUnit> {
    private final String annotation;

    CalledInTurnCondition(String annotation) {
        super("be called in the turn where @" + annotation + " says so");
        this.annotation = annotation;
    }

    @Override
    public void check(JavaCodeUnit unit, ConditionEvents events) {
        if (isMarked(unit)) {
            unit.getCallsOfSelf().stream()
                    .filter(call -> !call.isDeclaredInLambda() && !isMarked(call.getOrigin()))
                    .forEach(call -> events.add(
                            SimpleConditionEvent.violated(call, "called outside the turn: " + call.getDescription())));
        } else if (unit instanceof JavaMethod method && overridesMarked(method)) {
            events.add(SimpleConditionEvent.violated(
                    unit, "overrides a method of the turn without its annotation: " + unit.getDescription()));
        }
    }

    private boolean isMarked(JavaCodeUnit unit) {
        return unit.isAnnotatedWith(annotation);
    }

    private boolean overridesMarked(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .flatMap(ancestor -> ancestor.getMethods().stream())
                .anyMatch(ancestor -> isMarked(ancestor) && sameSignature(ancestor, method));
    }

    private static boolean sameSignature(JavaMethod one, JavaMethod other) {
        return one.getName().equals(other.getName())
                && one.getRawParameterTypes().equals(other.getRawParameterTypes());
    }
}
