package io.imaas.server;

import io.imaas.app.request.Requests.Answered;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.report.Json;
import io.imaas.server.api.Problem;
import io.imaas.server.page.Page;
import io.imaas.server.page.Reader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.ServletException;
import java.io.Serial;
import java.net.URLEncoder;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Every failure leaves as {@code application/problem+json} (RFC 9457): what happened, where, and what to do. */
final class Problems {
    private static final String TYPE = "application/problem+json";
    private static final String MALFORMED = "the request is malformed";

    private Problems() {}

    /** What the container refuses before any route of ours is asked, such as an address that is no good. */
    static boolean ofTheContainer(Request request, Response response, Callback callback) {
        response.getHeaders().put("Content-Type", TYPE).put("X-Content-Type-Options", "nosniff");
        // Jetty ends the connection when the body has not come yet; without a word of it, the next request of the
        // client fails.
        response.getHeaders().put("Connection", "close");
        Problem problem = new Problem(response.getStatus(), MALFORMED, "", "", null, null);
        Content.Sink.write(response, true, Json.pretty(problem), callback);
        return true;
    }

    /** A request that was not done, with the whole run: which gates are closed, and when to ask again. */
    static void refused(Context ctx, Answered done) {
        Failure failure = done.failure().orElseThrow();
        answer(
                ctx,
                new Problem(
                        Problem.status(failure.kind()),
                        failure.what(),
                        failure.where().toString(),
                        failure.suggestion(),
                        done.againAt().orElse(null),
                        done.run()));
    }

    static void handleBy(RoutesConfig routes, Consumer<Throwable> defects) {
        routes.exception(HttpProblem.class, (e, ctx) -> answer(ctx, e.status, e.getMessage(), "", e.fix));
        routes.exception(FailureException.class, (e, ctx) -> answer(ctx, e));
        routes.exception(CompletionException.class, (e, ctx) -> {
            if (e.getCause() instanceof FailureException known) {
                answer(ctx, known);
            } else {
                defect(e, ctx, defects);
            }
        });
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            if (e instanceof MethodNotAllowedResponse) {
                ctx.header("Allow", e.getDetails().getOrDefault("availableMethods", ""));
            }
            answer(
                    ctx,
                    e.getStatus(),
                    e.getStatus() == 404 ? "there is nothing at this address" : e.getMessage(),
                    "",
                    "");
        });
        routes.exception(UnsupportedCharsetException.class, (e, ctx) -> unknownCharset(ctx));
        routes.exception(IllegalCharsetNameException.class, (e, ctx) -> unknownCharset(ctx));
        routes.exception(Exception.class, (e, ctx) -> {
            // The container looks at parts of a request when they are asked for.
            if ((e instanceof ServletException ? e.getCause() : e) instanceof HttpException bad
                    && bad.getCode() < 500) {
                // Nobody knows where the next request would begin.
                ctx.header("Connection", "close");
                answer(ctx, bad.getCode(), MALFORMED, "", "");
            } else {
                defect(e, ctx, defects);
            }
        });
    }

    private static void unknownCharset(Context ctx) {
        answer(ctx, 415, "the charset of the content type is not known here", "", "send UTF-8");
    }

    private static void defect(Exception cause, Context ctx, Consumer<Throwable> defects) {
        answer(ctx, FailureException.defect("the request could not be answered", cause));
        defects.accept(cause);
    }

    /** Whether a person looks: a browser asks for HTML first, and the API and hooks never answer with it. */
    private static boolean isPage(Context ctx) {
        String accept = ctx.header("Accept");
        return accept != null
                && accept.contains("text/html")
                && !ctx.path().startsWith("/api/")
                && !ctx.path().startsWith("/hooks/");
    }

    private static void answer(Context ctx, FailureException cause) {
        Failure failure = cause.failure();
        int status = cause.isOfMissing() ? 404 : Problem.status(failure.kind());
        if (status == 503) {
            long seconds = failure.askedToWait().orElse(Duration.ofSeconds(1)).toSeconds();
            ctx.header("Retry-After", String.valueOf(Math.max(1, seconds)));
        }
        answer(ctx, status, failure.what(), failure.where().toString(), failure.suggestion());
    }

    private static void answer(Context ctx, Problem problem) {
        ctx.status(problem.status()).result(Json.pretty(problem)).contentType(TYPE);
    }

    private static void answer(Context ctx, int status, String what, String where, String fix) {
        Problem problem = new Problem(status, what, where, fix, null, null);
        if (!isPage(ctx)) {
            answer(ctx, problem);
        } else if (status == 401) {
            String query = ctx.queryString() == null ? "" : "?" + ctx.queryString();
            ctx.redirect("/login?next=" + URLEncoder.encode(ctx.path() + query, StandardCharsets.UTF_8));
        } else {
            ctx.status(status);
            Pages.html(ctx, Page.problem(status, problem.title(), what, fix), Reader.nobody());
        }
    }

    /** What is wrong with a request as HTTP sees it, before anything of ours is asked. */
    public static final class HttpProblem extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        final int status;
        /** May be empty. */
        final String fix;

        /** @param fix what to do about it; may be empty */
        public HttpProblem(int status, String what, String fix) {
            super(Objects.requireNonNull(what));
            this.status = status;
            this.fix = fix;
        }
    }
}
