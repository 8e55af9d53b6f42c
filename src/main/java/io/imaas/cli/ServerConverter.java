package io.imaas.cli;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code host}, {@code host:port} or {@code [IPv6]:port}; the unit-test server's port is 9008 by default. */
public final class ServerConverter implements ITypeConverter<InetSocketAddress> {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
    private static final String DEFAULT_PORT = "9008";

    @Override
    public InetSocketAddress convert(String text) {
        Matcher matcher = FORM.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(2) == null ? DEFAULT_PORT : matcher.group(2)) : 0;
        if (port < 1 || port > 65535) {
            throw new TypeConversionException("'" + text + "' is not a server: write host:port");
        }
        // Looked up when the connection is made: a name that does not resolve is a server that can't be reached.
        return InetSocketAddress.createUnresolved(matcher.group(1).replaceAll("[\\[\\]]", ""), port);
    }
}
