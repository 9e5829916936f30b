import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars for the start of client commands, for which an AOT cache can keep more of the copies:
 *
 * <ul>
 *   <li>Classes in formats before Java 6 get that of Java 17, with the stack maps that it needs. The cache has no older ones.
 *   <li>A switch over types calls a method of its class, with a test for each type. The cache does not keep what the JVM makes
 *       of such a switch when it first runs.
 *   <li>Of a jar with {@code =CLASS}, the copy has only this class and the classes that it refers to: the JVM reads the
 *       directory of a jar whenever it looks for a class or a resource that does not exist, and a large one takes long.
 * </ul>
 *
 * Needs JDK 25.
 *
 * <pre>java ClientJars.java TO_DIRECTORY FROM.jar[=CLASS]...</pre>
 */
public final class ClientJars {
    private static final String CLASS = ".class";
    private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
    private static final MethodTypeDesc EQUALS =
            MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object);
    private static final ClassTransform TO_JAVA_17 = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
            .andThen((builder, element) -> {
                if (element instanceof ClassFileVersion) {
                    builder.withVersion(ClassFile.JAVA_17_VERSION, 0);
                } else {
                    builder.with(element);
                }
            });

    private ClientJars() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        List<String> jars = Arrays.asList(arguments).subList(1, arguments.length);
        try (URLClassLoader classes = new URLClassLoader(beside(jars))) {
            ClassFile format = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            for (String jar : jars) {
                copy(jar, directory, format);
            }
        }
    }

    private static Path file(String jar) {
        return Path.of(jar.split("=")[0]);
    }

    /** All jars in the directories of these, as the classes of one refer to those of others. */
    private static URL[] beside(List<String> jars) throws IOException {
        Set<Path> directories = new LinkedHashSet<>();
        jars.forEach(jar -> directories.add(file(jar).toAbsolutePath().getParent()));
        List<URL> all = new ArrayList<>();
        for (Path directory : directories) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
                for (Path jar : found) {
                    all.add(jar.toUri().toURL());
                }
            }
        }
        return all.toArray(URL[]::new);
    }

    private static void copy(String jar, Path directory, ClassFile format) throws IOException {
        Map<String, byte[]> entries = read(file(jar));
        if (jar.contains("=")) {
            entries.keySet().retainAll(reachable(entries, jar.substring(jar.indexOf('=') + 1)));
        }
        try (OutputStream output = Files.newOutputStream(directory.resolve(file(jar).getFileName()))) {
            write(entries, new ZipOutputStream(output), format);
        }
    }

    private static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream from = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                entries.put(entry.getName(), from.readAllBytes());
            }
        }
        return entries;
    }

    /** The classes that the root refers to. Every text of a class that has the name of another one counts. */
    private static Set<String> reachable(Map<String, byte[]> entries, String root) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(root.replace('.', '/')));
        while (!open.isEmpty()) {
            String name = open.remove() + CLASS;
            if (entries.containsKey(name) && reached.add(name)) {
                for (PoolEntry entry : ClassFile.of().parse(entries.get(name)).constantPool()) {
                    if (entry instanceof Utf8Entry text) {
                        for (String word : text.stringValue().split("[^\\w/$]+")) {
                            open.add(word);
                            // In a descriptor an L stands before the name.
                            open.add(word.startsWith("L") ? word.substring(1) : word);
                        }
                    }
                }
            }
        }
        return reached;
    }

    private static void write(Map<String, byte[]> entries, ZipOutputStream to, ClassFile format) throws IOException {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            boolean isClass = entry.getKey().endsWith(CLASS)
                    && !entry.getKey().endsWith("module-info.class");
            to.putNextEntry(new ZipEntry(entry.getKey()));
            to.write(isClass ? rewritten(entry.getValue(), format) : entry.getValue());
        }
        to.finish();
    }

    private static byte[] rewritten(byte[] content, ClassFile format) {
        ClassModel old = format.parse(content);
        if (old.majorVersion() < ClassFile.JAVA_6_VERSION) {
            return format.transformClass(old, TO_JAVA_17);
        }
        return old.methods().stream().anyMatch(ClientJars::hasTypeSwitch)
                ? format.transformClass(old, new TypeSwitches(old).asMethods())
                : content;
    }

    private static boolean hasTypeSwitch(MethodModel method) {
        return method.code()
                .map(code -> code.elementStream()
                        .anyMatch(element -> element instanceof InvokeDynamicInstruction call && isTypeSwitch(call)))
                .orElse(false);
    }

    /** Whether a call chooses among types and texts, and has no other labels. */
    private static boolean isTypeSwitch(InvokeDynamicInstruction call) {
        return call.bootstrapMethod().owner().equals(SWITCHES)
                && call.bootstrapMethod().methodName().equals("typeSwitch")
                && !call.typeSymbol().parameterType(0).isPrimitive()
                && call.bootstrapArgs().stream()
                        .allMatch(label -> label instanceof ClassDesc || label instanceof String);
    }

    /** The switches of a class, which become methods: they get the value and the first label to try, and return the label. */
    private record TypeSwitches(ClassModel owner, List<InvokeDynamicInstruction> found) {
        TypeSwitches(ClassModel owner) {
            this(owner, new ArrayList<>());
        }

        ClassTransform asMethods() {
            return ClassTransform.transformingMethodBodies(ClientJars::hasTypeSwitch, (code, element) -> {
                        if (element instanceof InvokeDynamicInstruction call && isTypeSwitch(call)) {
                            code.invokestatic(
                                    owner.thisClass().asSymbol(),
                                    name(found.size()),
                                    call.typeSymbol(),
                                    owner.flags().has(AccessFlag.INTERFACE));
                            found.add(call);
                        } else {
                            code.with(element);
                        }
                    })
                    .andThen(ClassTransform.endHandler(this::addMethods));
        }

        private static String name(int number) {
            return "typeSwitch$" + number;
        }

        private void addMethods(ClassBuilder builder) {
            for (int number = 0; number < found.size(); number++) {
                InvokeDynamicInstruction call = found.get(number);
                builder.withMethodBody(
                        name(number),
                        call.typeSymbol(),
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                        code -> choose(code, call.bootstrapArgs()));
            }
        }

        private static void choose(CodeBuilder code, List<ConstantDesc> labels) {
            code.aload(0).ifThen(Opcode.IFNULL, none -> none.iconst_m1().ireturn());
            for (int index = 0; index < labels.size(); index++) {
                Label next = code.newLabel();
                code.iload(1).loadConstant(index).if_icmpgt(next);
                if (labels.get(index) instanceof ClassDesc type) {
                    code.aload(0).instanceOf(type);
                } else {
                    code.loadConstant(labels.get(index)).aload(0);
                    code.invokevirtual(ConstantDescs.CD_Object, "equals", EQUALS);
                }
                code.ifeq(next).loadConstant(index).ireturn().labelBinding(next);
            }
            code.loadConstant(labels.size()).ireturn();
        }
    }
}
