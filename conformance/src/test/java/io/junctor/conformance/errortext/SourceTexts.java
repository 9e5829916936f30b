package io.junctor.conformance.errortext;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds in Java sources the texts that reach certain parameters: the arguments of all calls, followed through parameters, local
 * variables, constants and methods that return a text. Confined to one thread.
 */
final class SourceTexts {
    /** Stands in a text for a value that the source does not show. */
    static final String VALUE = "\u0000";

    private record Parameter(ExecutableElement method, int index) {}

    private final JavacTask compiler;
    private final Trees trees;
    private final List<CompilationUnitTree> units = new ArrayList<>();
    private final Map<ExecutableElement, List<TreePath>> callsByMethod = new HashMap<>();
    private final Map<ExecutableElement, TreePath> bodies = new HashMap<>();
    private final Map<VariableElement, List<TreePath>> valuesByVariable = new HashMap<>();

    private final Set<Parameter> followedParameters = new HashSet<>();
    private final Set<ExecutableElement> followedMethods = new HashSet<>();
    private final Set<Element> followedVariables = new HashSet<>();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final SortedMap<String, String> placeByText = new TreeMap<>();

    private SourceTexts(JavacTask compiler) {
        this.compiler = compiler;
        this.trees = Trees.instance(compiler);
    }

    /** Reads and attributes the sources. */
    static SourceTexts read(Collection<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
            SourceTexts texts = new SourceTexts((JavacTask) compiler.getTask(
                    null, manager, problem -> {}, options, null, manager.getJavaFileObjectsFromPaths(files)));
            texts.index();
            return texts;
        }
    }

    private void index() throws IOException {
        compiler.parse().forEach(units::add);
        compiler.analyze();
        Index index = new Index();
        units.forEach(unit -> index.scan(unit, null));
    }

    /** The texts that reach a parameter of {@code type.method}, each with a place in the sources; {@code <init>} is the constructor. */
    SourceTexts follow(String type, String method, int parameter) {
        boolean found = false;
        for (ExecutableElement called : List.copyOf(callsByMethod.keySet())) {
            if (called.getSimpleName().contentEquals(method)
                    && ((TypeElement) called.getEnclosingElement())
                            .getQualifiedName()
                            .contentEquals(type)) {
                follow(called, parameter);
                found = true;
            }
        }
        if (!found) {
            throw new AssertionError("nothing calls " + type + "." + method);
        }
        return this;
    }

    /** What was found: the place of each text. */
    SortedMap<String, String> texts() {
        while (!work.isEmpty()) {
            work.pop().run();
        }
        return placeByText;
    }

    private void follow(ExecutableElement method, int parameter) {
        if (followedParameters.add(new Parameter(method, parameter))) {
            for (TreePath call : callsByMethod.getOrDefault(method, List.of())) {
                List<? extends ExpressionTree> arguments = call.getLeaf() instanceof NewClassTree made
                        ? made.getArguments()
                        : ((MethodInvocationTree) call.getLeaf()).getArguments();
                if (parameter < arguments.size()) {
                    work.add(() -> note(new TreePath(call, arguments.get(parameter))));
                }
            }
        }
    }

    private void note(TreePath path) {
        for (String text : texts(path)) {
            // Names alone, such as a URI or the key of an option, are part of a text elsewhere.
            if (text.strip().indexOf(' ') > 0) {
                placeByText.putIfAbsent(text, place(path));
            }
        }
    }

    private String place(TreePath path) {
        CompilationUnitTree unit = path.getCompilationUnit();
        long at = trees.getSourcePositions().getStartPosition(unit, path.getLeaf());
        String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
        return file + ":" + unit.getLineMap().getLineNumber(at);
    }

    /** The texts that an expression may have. What is passed in from elsewhere is followed on its own. */
    private List<String> texts(TreePath path) {
        return switch (path.getLeaf()) {
            case ParenthesizedTree inner -> texts(new TreePath(path, inner.getExpression()));
            case LiteralTree literal -> List.of(String.valueOf(literal.getValue()));
            case ConditionalExpressionTree choice -> {
                List<String> both = new ArrayList<>(texts(new TreePath(path, choice.getTrueExpression())));
                both.addAll(texts(new TreePath(path, choice.getFalseExpression())));
                yield both;
            }
            case BinaryTree sum
            when sum.getKind() == Tree.Kind.PLUS -> {
                List<String> sums = new ArrayList<>();
                for (String left : texts(new TreePath(path, sum.getLeftOperand()))) {
                    for (String right : texts(new TreePath(path, sum.getRightOperand()))) {
                        sums.add(left + right);
                    }
                }
                yield sums;
            }
            case SwitchExpressionTree choice -> ofSwitch(path, choice);
            case MethodInvocationTree call -> {
                followResult(trees.getElement(path));
                yield List.of(VALUE);
            }
            case IdentifierTree name -> ofVariable(path);
            case MemberSelectTree name -> ofVariable(path);
            default -> List.of(VALUE);
        };
    }

    private List<String> ofSwitch(TreePath path, SwitchExpressionTree choice) {
        List<String> all = new ArrayList<>();
        for (CaseTree one : choice.getCases()) {
            TreePath place = new TreePath(path, one);
            if (one.getBody() instanceof ExpressionTree value) {
                all.addAll(texts(new TreePath(place, value)));
            } else {
                all.add(VALUE);
                new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitYield(YieldTree result, Void none) {
                        note(new TreePath(getCurrentPath(), result.getValue()));
                        return null;
                    }
                }.scan(place, null);
            }
        }
        return all;
    }

    private List<String> ofVariable(TreePath path) {
        Element element = trees.getElement(path);
        if (!(element instanceof VariableElement variable)
                || !variable.asType().toString().equals("java.lang.String")) {
            return List.of(VALUE);
        }
        if (variable.getConstantValue() instanceof String constant) {
            return List.of(constant);
        }
        if (variable.getKind() == ElementKind.PARAMETER
                && variable.getEnclosingElement() instanceof ExecutableElement method
                && method.getParameters().contains(variable)) {
            follow(method, method.getParameters().indexOf(variable));
        } else if (followedVariables.add(variable)) {
            valuesByVariable.getOrDefault(variable, List.of()).forEach(value -> work.add(() -> note(value)));
        }
        return List.of(VALUE);
    }

    /** Follows what a method of these sources returns; the accessor of a record leads to the arguments of its constructor. */
    private void followResult(Element called) {
        if (!(called instanceof ExecutableElement method)
                || !method.getReturnType().toString().equals("java.lang.String")
                || !followedMethods.add(method)) {
            return;
        }
        TreePath body = bodies.get(method);
        if (body != null) {
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitReturn(ReturnTree result, Void none) {
                    note(new TreePath(getCurrentPath(), result.getExpression()));
                    return null;
                }

                @Override
                public Void visitClass(ClassTree other, Void none) {
                    return null;
                }
            }.scan(body, null);
        } else if (method.getEnclosingElement().getKind() == ElementKind.RECORD) {
            followComponent(method);
        }
    }

    private void followComponent(ExecutableElement accessor) {
        for (ExecutableElement constructor : List.copyOf(callsByMethod.keySet())) {
            if (constructor.getKind() == ElementKind.CONSTRUCTOR
                    && constructor.getEnclosingElement().equals(accessor.getEnclosingElement())) {
                for (int i = 0; i < constructor.getParameters().size(); i++) {
                    if (constructor.getParameters().get(i).getSimpleName().equals(accessor.getSimpleName())) {
                        follow(constructor, i);
                    }
                }
            }
        }
    }

    /** Notes who calls what, and which values variables get. */
    private final class Index extends TreePathScanner<Void, Void> {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
            noteCall();
            return super.visitMethodInvocation(call, null);
        }

        @Override
        public Void visitNewClass(NewClassTree call, Void none) {
            noteCall();
            return super.visitNewClass(call, null);
        }

        private void noteCall() {
            if (trees.getElement(getCurrentPath()) instanceof ExecutableElement method) {
                callsByMethod.computeIfAbsent(method, key -> new ArrayList<>()).add(getCurrentPath());
            }
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            if (trees.getElement(getCurrentPath()) instanceof ExecutableElement element && method.getBody() != null) {
                bodies.put(element, getCurrentPath());
            }
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void none) {
            if (variable.getInitializer() != null) {
                value(trees.getElement(getCurrentPath()), variable.getInitializer());
            }
            return super.visitVariable(variable, null);
        }

        @Override
        public Void visitAssignment(com.sun.source.tree.AssignmentTree assignment, Void none) {
            value(
                    trees.getElement(new TreePath(getCurrentPath(), assignment.getVariable())),
                    assignment.getExpression());
            return super.visitAssignment(assignment, null);
        }

        private void value(Element variable, ExpressionTree value) {
            if (variable instanceof VariableElement known) {
                valuesByVariable
                        .computeIfAbsent(known, key -> new ArrayList<>())
                        .add(new TreePath(getCurrentPath(), value));
            }
        }
    }
}
