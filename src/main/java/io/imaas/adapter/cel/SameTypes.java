package io.imaas.adapter.cel;

import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelList;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.validator.CelAstValidator;
import java.util.Optional;

/**
 * All entries of a list or a map that an expression writes out have one type, as cel-go's {@code
 * ValidateHomogeneousAggregateLiterals} wants it. The library's own validator lets what is only known when it runs pass as
 * any type; the API server takes no such policy.
 */
final class SameTypes implements CelAstValidator {
    @Override
    public void validate(CelNavigableAst ast, Cel cel, IssuesFactory issues) {
        ast.getRoot().allNodes().filter(node -> !isToFormat(node)).forEach(node -> {
            Types types = new Types(ast.getAst(), issues);
            if (node.getKind() == CelExpr.ExprKind.Kind.LIST) {
                CelList list = node.expr().list();
                for (int i = 0; i < list.elements().size(); i++) {
                    types.add(list.elements().get(i), list.optionalIndices().contains(i));
                }
            } else if (node.getKind() == CelExpr.ExprKind.Kind.MAP) {
                Types values = new Types(ast.getAst(), issues);
                for (CelMap.Entry entry : node.expr().map().entries()) {
                    types.add(entry.key(), false);
                    values.add(entry.value(), entry.optionalEntry());
                }
            }
        });
    }

    /** What a text is formatted with is of any types. */
    private static boolean isToFormat(CelNavigableExpr node) {
        for (Optional<CelNavigableExpr> above = node.parent();
                above.isPresent();
                above = above.get().parent()) {
            CelExpr expression = above.get().expr();
            if (above.get().getKind() == CelExpr.ExprKind.Kind.CALL
                    && expression.call().function().equals("format")) {
                return true;
            }
        }
        return false;
    }

    private static final class Types {
        private final CelAbstractSyntaxTree ast;
        private final IssuesFactory issues;
        private CelType first;

        Types(CelAbstractSyntaxTree ast, IssuesFactory issues) {
            this.ast = ast;
            this.issues = issues;
        }

        void add(CelExpr entry, boolean optional) {
            CelType whole = ast.getTypeOrThrow(entry.id());
            CelType type = optional ? whole.parameters().get(0) : whole;
            if (first == null) {
                first = type;
            } else if (!first.equals(type)) {
                issues.addError(
                        entry.id(),
                        "all entries of a list or a map have one type: expected " + first.name() + ", but found "
                                + type.name());
            }
        }
    }
}
