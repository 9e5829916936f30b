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
import java.util.Set;
import java.util.stream.Stream;

/**
 * The main classes of the module whose tests are running, and the rules that they have to keep. Immutable.
 *
 * <p>Every rule throws an {@link AssertionError} that names each offending class, member and line.
 */
public final class ModuleClasses {
    private static final Set<String> THREADS_AND_CHANCE = Set.of(
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
     * Reads what the module compiled from {@code target/classes} under the working directory.
     *
     * @param root the package that all packages of the module lie in
     */
    public static ModuleClasses of(String root) {
        return new ModuleClasses(root, new ClassFileImporter().importPath(Path.of("target", "classes")));
    }

    /** Guards every other rule against passing because it looked at nothing. */
    public void countIsAtLeast(int minimum) {
        if (classes.size() < minimum) {
            throw new AssertionError("expected at least " + minimum + " classes in " + root + " but only "
                    + classes.size() + " were scanned");
        }
    }

    /** No package of the module takes part in a cycle of dependencies. */
    public void haveNoPackageCycles() {
        check(SlicesRuleDefinition.slices()
                .assignedFrom(new OneSlicePerPackage())
                .should()
                .beFreeOfCycles());
    }

    /**
     * Each package uses only the packages of this module that are listed for it.
     *
     * @param table a line for each package, as in {@code codec.json: codec message}; names are relative to the root,
     *     which itself is {@code root}; a package of the module without a line is a violation
     */
    public void followLayers(String table) {
        check(classes().should(LayerCondition.of(root, table)));
    }

    /** Only the named packages (with what lies under them) may use the library; with none named, nobody may. */
    public void keepLibraryIn(String libraryPackage, String... packages) {
        check(noClasses()
                .that(areOutside(packages))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(libraryPackage + "..")
                .as(libraryPackage + " may be used only in " + Arrays.toString(packages)));
    }

    /** Threads, clocks and chance come from the named packages only; everybody else is handed them. */
    public void takeTimeAndThreadsOnlyIn(String... packages) {
        DescribedPredicate<JavaClass> outside = areOutside(packages);
        String places = Arrays.toString(packages);
        check(noClasses()
                .that(outside)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "start threads or roll dice", type -> THREADS_AND_CHANCE.contains(type.getFullName())))
                .as("threads and randomness may be used only in " + places));
        check(noClasses()
                .that(outside)
                .should()
                .accessTargetWhere(DescribedPredicate.describe("reads a clock", ModuleClasses::readsClock))
                .as("clocks may be read only in " + places));
    }

    /** Nothing is printed: what a person should see goes through a logger or an answer. */
    public void printNothing() {
        check(noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.describe("is a standard stream", ModuleClasses::isStandardStream))
                .as("standard output and error belong to the command line"));
    }

    /**
     * A method marked with the annotation is called only by methods that carry it too, or inside a lambda or through
     * a method reference that somebody hands to the turn; what overrides it carries it as well.
     */
    public void obeyTurns(String annotation) {
        check(codeUnits().should(new CalledInTurnCondition(annotation)));
    }

    /** A package that users import from stays small: at most this many public top-level types. */
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
