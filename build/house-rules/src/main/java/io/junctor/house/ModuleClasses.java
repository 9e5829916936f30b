package io.junctor.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the main classes of the module whose tests are running against the house rules.
 *
 * <p>Every rule throws an {@link AssertionError} that names each violating class, member and line.
 */
public final class ModuleClasses {
    private static final Set<String> THREADS_AND_RANDOMNESS = Set.of(
            "java.lang.Thread",
            "java.util.Random",
            "java.util.Timer",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ScheduledThreadPoolExecutor");

    private final String root;
    private final JavaClasses classes;

    private ModuleClasses(String root, JavaClasses classes) {
        this.root = root;
        this.classes = classes;
    }

    /**
     * Reads the classes of the module from {@code target/classes} under the working directory.
     *
     * @param root the package that contains all packages of the module
     */
    public static ModuleClasses of(String root) {
        return new ModuleClasses(root, new ClassFileImporter().importPath(Path.of("target", "classes")));
    }

    /**
     * Checks that at least {@code minimum} classes were scanned, so that the other rules do not pass without classes.
     */
    public void countIsAtLeast(int minimum) {
        if (classes.size() < minimum) {
            throw new AssertionError("expected at least " + minimum + " classes in " + root + " but only "
                    + classes.size() + " were scanned");
        }
    }

    /** Checks that the packages of the module have no cyclic dependencies. */
    public void haveNoPackageCycles() {
        check(SlicesRuleDefinition.slices()
                .assignedFrom(new OneSlicePerPackage())
                .should()
                .beFreeOfCycles());
    }

    /** Each package uses exactly the packages of this module that docs/architecture.md lists for it. */
    public void followArchitecturePage(String module) {
        check(classes().should(new LayerCondition(root, ArchitecturePage.layers(module))));
    }

    /**
     * No package has more than {@code most} top-level types.
     *
     * @param exceptions packages with a reason to be larger
     */
    public void packagesHaveAtMost(int most, String... exceptions) {
        Map<String, Long> sizes = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        sizes.keySet().removeAll(Set.of(exceptions));
        sizes.values().removeIf(size -> size <= most);
        if (!sizes.isEmpty()) {
            throw new AssertionError("more than " + most + " types in a package: " + sizes);
        }
    }

    /**
     * Checks that only the named packages and their sub-packages use the library. Without names, no package may use
     * it.
     */
    public void keepLibraryIn(String libraryPackage, String... packages) {
        check(noClasses()
                .that(areOutside(packages))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(libraryPackage + "..")
                .as(libraryPackage + " may be used only in " + Arrays.toString(packages)));
    }

    /** Checks that only the named packages and their sub-packages start threads, read clocks or use randomness. */
    public void takeTimeAndThreadsOnlyIn(String... packages) {
        DescribedPredicate<JavaClass> outside = areOutside(packages);
        String places = Arrays.toString(packages);
        check(noClasses()
                .that(outside)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "start threads or use randomness", type -> THREADS_AND_RANDOMNESS.contains(type.getFullName())))
                .as("threads and randomness may be used only in " + places));
        check(noClasses()
                .that(outside)
                .should()
                .accessTargetWhere(DescribedPredicate.describe("reads a clock", ModuleClasses::readsClock))
                .as("clocks may be read only in " + places));
    }

    /** Checks that no class uses standard output or standard error. */
    public void printNothing() {
        check(noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.describe("is a standard stream", ModuleClasses::isStandardStream))
                .as("only the command line may use standard output and error"));
    }

    /**
     * Checks the annotation of methods that run in the turn: only methods with the annotation, lambdas and method
     * references may call them, and overriding methods must have it too.
     */
    public void obeyTurns(String annotation) {
        check(codeUnits().should(new CalledInTurnCondition(annotation)));
    }

    /** Checks that a package for users has at most {@code most} public top-level types. */
    public void publicTypesAreAtMost(String packageName, int most) {
        long count = classes.stream()
                .filter(type -> type.getPackageName().equals(packageName) && type.isTopLevelClass())
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        if (count > most) {
            throw new AssertionError(packageName + " has " + count + " public types, at most " + most + " are allowed");
        }
    }

    private void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }

    private static DescribedPredicate<JavaClass> areOutside(String... packages) {
        return DescribedPredicate.describe(
                "are outside " + Arrays.toString(packages),
                type -> Stream.of(packages).noneMatch(name -> isWithin(type.getPackageName(), name)));
    }

    private static boolean isWithin(String packageName, String ancestor) {
        return packageName.equals(ancestor) || packageName.startsWith(ancestor + ".");
    }

    private static boolean readsClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getName();
        return switch (owner) {
            case "java.lang.System" -> name.equals("nanoTime") || name.equals("currentTimeMillis");
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
            case "java.lang.Math" -> name.equals("random");
            default -> owner.startsWith("java.time.") && name.equals("now");
        };
    }

    private static boolean isStandardStream(JavaAccess<?> access) {
        return access.getTargetOwner().getFullName().equals("java.lang.System")
                && (access.getName().equals("out") || access.getName().equals("err"));
    }

    private static final class OneSlicePerPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
