package io.imaas.adapter.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Optional;
import java.util.Set;

/** Finds what an expression asks that is not known before a commit: who applies the object, with which rights. */
final class OnlyTheServerKnows {
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
