package io.imaas.adapter.helm;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the signals that end a process back to Java. Helm's library brings the runtime of another language, which takes
 * them for itself when it is first used: from then on neither {@code SIGTERM} nor Ctrl-C would end the process, and no
 * shutdown hook would run. Java's own handlers are remembered before that, and installed again after each call.
 *
 * <p>By reflection, since the compiler warns of each use of {@code sun.misc.Signal}, which all JDKs have in module
 * {@code jdk.unsupported}.
 */
final class JavaSignals {
    private static final List<String> ENDING = List.of("TERM", "INT", "HUP");

    /** By signal; empty where Java handles none, as with {@code -Xrs}: then none can be taken away. */
    private static final Map<Object, Object> HANDLERS = handlers();

    private JavaSignals() {}

    /** To be called before the library is first used: what holds then is remembered. */
    static int remembered() {
        return HANDLERS.size();
    }

    static void restore() {
        try {
            for (Map.Entry<Object, Object> one : HANDLERS.entrySet()) {
                handle().invoke(null, one.getKey(), one.getValue());
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java does not take its own signal handlers back", e);
        }
    }

    /** Java tells a handler only to whoever installs another one. */
    private static Map<Object, Object> handlers() {
        Map<Object, Object> handlers = new LinkedHashMap<>();
        try {
            Object between = Proxy.newProxyInstance(
                    JavaSignals.class.getClassLoader(),
                    new Class<?>[] {Class.forName("sun.misc.SignalHandler")},
                    (proxy, method, arguments) -> null);
            for (String name : ENDING) {
                Object signal = Class.forName("sun.misc.Signal")
                        .getConstructor(String.class)
                        .newInstance(name);
                Object own = handle().invoke(null, signal, between);
                handle().invoke(null, signal, own);
                handlers.put(signal, own);
            }
            return handlers;
        } catch (ReflectiveOperationException e) {
            return Map.of();
        }
    }

    private static Method handle() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
    }
}
