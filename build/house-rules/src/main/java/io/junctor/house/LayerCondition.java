package io.junctor.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that a class uses only its own package and the packages that a table lists for it. */
final class LayerCondition extends ArchCondition<JavaClass> {
    private final String root;
    private final Map<String, Set<String>> allowed;

    private LayerCondition(String root, Map<String, Set<String>> allowed) {
        super("use only the packages that the layers of " + root + " allow");
        this.root = root;
        this.allowed = Map.copyOf(allowed);
    }

    /** Parses lines such as {@code codec.json: codec message}. */
    static LayerCondition of(String root, String table) {
        Map<String, Set<String>> allowed = table.lines()
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(parts -> parts[0].strip(), parts -> words(parts[1])));
        return new LayerCondition(root, allowed);
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isOwn(type)) {
            return;
        }
        Set<String> usable = allowed.get(layerOf(type));
        if (usable == null) {
            String problem = type.getFullName() + ": its package has no line in the architecture test";
            events.add(SimpleConditionEvent.violated(type, problem));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (isOwn(target) && !sameLayer(type, target) && !usable.contains(layerOf(target))) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }

    private boolean isOwn(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    private boolean sameLayer(JavaClass one, JavaClass other) {
        return one.getPackageName().equals(other.getPackageName());
    }

    private String layerOf(JavaClass type) {
        return type.getPackageName().equals(root)
                ? "root"
                : type.getPackageName().substring(root.length() + 1);
    }
}
