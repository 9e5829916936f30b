package io.junctor.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Requires that each package uses exactly the packages of its module that a table lists for it: no others, and all of them, so that the
 * table is the picture of the imports. Confined to one thread.
 */
final class LayerCondition extends ArchCondition<JavaClass> {
    private final String root;
    private final Map<String, Set<String>> allowed;
    private final Map<String, Set<String>> unused = new TreeMap<>();

    /**
     * A condition for the classes under the package {@code root}.
     *
     * @param allowed for each package, relative to the root, the packages that it uses
     */
    LayerCondition(String root, Map<String, Set<String>> allowed) {
        super("use exactly the packages that docs/architecture.md lists for " + root);
        this.root = root;
        this.allowed = Map.copyOf(allowed);
    }

    @Override
    public void init(Collection<JavaClass> classes) {
        unused.clear();
        allowed.forEach((layer, layers) -> unused.put(layer, new TreeSet<>(layers)));
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isOwn(type)) {
            return;
        }
        Set<String> usable = allowed.get(layerOf(type));
        if (usable == null) {
            String problem = type.getFullName() + ": its package has no line in docs/architecture.md";
            events.add(SimpleConditionEvent.violated(type, problem));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (isOwn(target) && !layerOf(type).equals(layerOf(target))) {
                unused.getOrDefault(layerOf(type), new TreeSet<>()).remove(layerOf(target));
                if (!usable.contains(layerOf(target))) {
                    events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                }
            }
        }
    }

    @Override
    public void finish(ConditionEvents events) {
        unused.forEach((layer, layers) -> layers.forEach(other -> events.add(SimpleConditionEvent.violated(
                layer,
                "docs/architecture.md says that " + root + " " + layer + " uses " + other + ", but it does not"))));
    }

    private boolean isOwn(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    private String layerOf(JavaClass type) {
        return type.getPackageName().equals(root)
                ? "root"
                : type.getPackageName().substring(root.length() + 1);
    }
}
