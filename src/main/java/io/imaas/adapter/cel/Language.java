package io.imaas.adapter.cel;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import java.util.Optional;
import java.util.Set;

/** CEL with the functions that Kubernetes' API server gives it, and names that expressions may use. */
final class Language {
    private static final int LONGEST_EXPRESSION = 100_000;
    private static final int DEEPEST_EXPRESSION = 100;
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .enableOptionalSyntax(true)
            .maxExpressionCodePointSize(LONGEST_EXPRESSION)
            .maxParseRecursionDepth(DEEPEST_EXPRESSION)
            .build();
    /** The others of the library are in {@link Texts}, which bounds what they make. */
    private static final Set<Function> STRINGS = Set.of(
            Function.CHAR_AT,
            Function.INDEX_OF,
            Function.LAST_INDEX_OF,
            Function.LOWER_ASCII,
            Function.QUOTE,
            Function.SPLIT,
            Function.SUBSTRING,
            Function.TRIM,
            Function.UPPER_ASCII);

    private final Cel cel;
    /** What the API server looks at besides types: it takes no policy of which one of these does not hold. */
    private final CelValidator validator;

    private Language(Cel cel) {
        this.cel = cel;
        this.validator = CelValidatorFactory.standardCelValidatorBuilder(cel)
                .addAstValidators(
                        DurationLiteralValidator.INSTANCE,
                        TimestampLiteralValidator.INSTANCE,
                        RegexLiteralValidator.INSTANCE,
                        new SameTypes())
                .build();
    }

    static Language ofKubernetes() {
        CelBuilder builder = CelFactory.legacyCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(
                        CelExtensions.strings(STRINGS), CelExtensions.sets(OPTIONS), CelExtensions.optional())
                .addRuntimeLibraries(
                        CelExtensions.strings(STRINGS), CelExtensions.sets(OPTIONS), CelExtensions.optional());
        GoForms.addTo(builder);
        Functions functions = new Functions();
        Quantities.add(functions);
        Urls.add(functions);
        Lists.add(functions);
        Texts.add(functions);
        Formats.add(functions);
        functions.addTo(builder);
        return new Language(builder.build());
    }

    /** The same with one more name that expressions may use. */
    Language knowing(String name, CelType type) {
        return new Language(cel.toCelBuilder().addVar(name, type).build());
    }

    Language knowing(String... names) {
        CelBuilder builder = cel.toCelBuilder();
        for (String name : names) {
            builder.addVar(name, SimpleType.DYN);
        }
        return new Language(builder.build());
    }

    /**
     * @param gives the type that the expression must have; {@code DYN}: any
     * @throws Uncompiled with the reason
     */
    Compiled compile(Expression expression, CelType gives) {
        try {
            CelAbstractSyntaxTree parsed = cel.parse(expression.text()).getAst();
            OnlyTheServerKnows.refuse(parsed);
            CelAbstractSyntaxTree checked =
                    validator.validate(cel.check(parsed).getAst()).getAst();
            CelType type = checked.getResultType();
            if (!gives.equals(SimpleType.DYN) && !type.equals(gives)) {
                throw new Uncompiled("it must give " + gives.name() + ", but gives " + type.name());
            }
            return new Compiled(expression, cel.createProgram(checked), type);
        } catch (CelValidationException e) {
            throw new Uncompiled(words(e));
        } catch (CelEvaluationException e) {
            throw new Uncompiled(e.getMessage());
        } catch (GivenUp e) {
            throw new Uncompiled(e.getMessage());
        } catch (StackOverflowError e) {
            throw new Uncompiled("it is nested too deeply");
        }
    }

    private static String words(CelValidationException e) {
        return e.getErrors().stream()
                .findFirst()
                .map(issue -> "at " + issue.getSourceLocation().getLine() + ":"
                        + (issue.getSourceLocation().getColumn() + 1) + " of the expression: " + issue.getMessage())
                .orElseGet(e::getMessage);
    }

    /** Ready to be evaluated, as often as wanted. */
    record Compiled(Expression expression, CelRuntime.Program program, CelType type) {}

    /** Why an expression can't be evaluated here. */
    static final class Uncompiled extends RuntimeException {
        private static final long serialVersionUID = 1;

        Uncompiled(String message) {
            super(message);
        }
    }

    /** Finds what an expression asks that is not known before a commit: who applies the object, with which rights. */
    private static final class OnlyTheServerKnows {
        private static final Set<String> KNOWN = Set.of(
                "kind",
                "resource",
                "subResource",
                "requestKind",
                "requestResource",
                "requestSubResource",
                "name",
                "namespace",
                "operation");

        private OnlyTheServerKnows() {}

        /** @throws Language.Uncompiled when there is something */
        static void refuse(CelAbstractSyntaxTree parsed) {
            CelNavigableAst.fromAst(parsed)
                    .getRoot()
                    .allNodes()
                    .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT)
                    .forEach(OnlyTheServerKnows::look);
        }

        private static void look(CelNavigableExpr name) {
            String text = name.expr().ident().name();
            if (text.equals("authorizer")) {
                throw new Language.Uncompiled(
                        "it asks for the rights of whoever applies it, which only the API server knows");
            }
            if (text.equals("request")) {
                Optional<String> field = name.parent()
                        .filter(parent -> parent.getKind() == CelExpr.ExprKind.Kind.SELECT)
                        .map(parent -> parent.expr().select().field());
                if (field.filter(KNOWN::contains).isEmpty()) {
                    throw new Language.Uncompiled("it asks for request"
                            + field.map(found -> "." + found).orElse(" as a whole")
                            + ", which only the API server knows");
                }
            }
        }
    }
}
