package io.junctor.router.config.yaml;

import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Placing.Placed;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How clients of a realm say who they are: so far, not at all, which gives them a role. */
final class AuthShape {
    private static final Needed<Placed<String>> ROLE =
            new Needed<>("role", new Placing<>(new Text("the name of a role", name -> !name.isBlank())));
    private static final Needed<Placed<String>> ANONYMOUS = new Needed<>(
            "anonymous", Shape.of("a map such as { role: anonymous }", List.of(ROLE), section -> section.get(ROLE)));

    static final Shape<Placed<String>> SHAPE = new Shape<>(
            "a map such as { anonymous: { role: anonymous } }",
            List.of(ANONYMOUS),
            Stream.of("ticket", "wampcra", "cryptosign", "scram")
                    .collect(Collectors.toMap(Function.identity(), AuthShape::excuse)),
            AuthShape::bind);

    private AuthShape() {}

    private static String excuse(String method) {
        return "authentication method '" + method + "' is not offered by this version; 'anonymous' is";
    }

    private static @Nullable Placed<String> bind(Section section) {
        return section.get(ANONYMOUS);
    }
}
