package io.imaas.adapter.cel;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Collects functions that CEL gets beyond its own, each with what it takes, what it gives, and how it is done. */
final class Functions {
    private final Map<String, List<CelOverloadDecl>> declarations = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bindings = new LinkedHashMap<>();
    private final Map<CelType, Class<?>> opaque = new LinkedHashMap<>();

    /** Values of this type are of this class. */
    Functions type(CelType type, Class<?> of) {
        opaque.put(type, of);
        return this;
    }

    /** Called as {@code name(a, b)}. */
    Functions global(String name, CelType gives, List<CelType> takes, Function<Object[], Object> does) {
        return add(name, CelOverloadDecl.newGlobalOverload(id("", name, takes), gives, takes), takes, does);
    }

    /** Called as {@code a.name(b)}. */
    Functions member(String name, CelType gives, List<CelType> takes, Function<Object[], Object> does) {
        return add(name, CelOverloadDecl.newMemberOverload(id("of_", name, takes), gives, takes), takes, does);
    }

    /** None of the functions of this package keeps anything. */
    @SuppressWarnings("Immutable")
    private Functions add(String name, CelOverloadDecl declared, List<CelType> takes, Function<Object[], Object> does) {
        declarations.computeIfAbsent(name, key -> new ArrayList<>()).add(declared);
        List<Class<?>> classes = new ArrayList<>();
        takes.forEach(type -> classes.add(java(type)));
        bindings.computeIfAbsent(name, key -> new ArrayList<>())
                .add(CelFunctionBinding.from(declared.overloadId(), classes, does::apply));
        return this;
    }

    private static String id(String kind, String name, List<CelType> takes) {
        StringBuilder id = new StringBuilder("imaas_").append(kind).append(name.replace('.', '_'));
        takes.forEach(type -> id.append('_').append(type.name().replaceAll("[^A-Za-z0-9]", "_")));
        return id.toString();
    }

    private Class<?> java(CelType type) {
        if (opaque.containsKey(type)) {
            return opaque.get(type);
        }
        if (type instanceof ListType) {
            return List.class;
        }
        return Map.<CelType, Class<?>>of(
                        SimpleType.STRING, String.class,
                        SimpleType.INT, Long.class,
                        SimpleType.DOUBLE, Double.class,
                        SimpleType.TIMESTAMP, Instant.class,
                        SimpleType.DURATION, Duration.class,
                        SimpleType.BOOL, Boolean.class)
                .getOrDefault(type, Object.class);
    }

    /** Further overloads of functions that the library has itself. */
    void addBesideStandardTo(CelBuilder builder) {
        declare(builder);
        bindings.values().forEach(builder::addFunctionBindings);
    }

    private void declare(CelBuilder builder) {
        declarations.forEach((name, overloads) ->
                builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
    }

    void addTo(CelBuilder builder) {
        declare(builder);
        bindings.forEach((name, all) -> builder.addFunctionBindings(CelFunctionBinding.fromOverloads(name, all)));
    }
}
