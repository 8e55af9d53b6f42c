package io.imaas.adapter.mi.layout;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of artifacts that lie in a folder of their own, in the order in which WSO2's plugin packs them, each with its
 * root element and its type in a CAR.
 */
public enum ArtifactKind {
    API("apis", "api", "synapse/api", "api"),
    ENDPOINT("endpoints", "endpoints", "synapse/endpoint", "endpoint"),
    INBOUND_ENDPOINT("inbound-endpoints", "inbound-endpoints", "synapse/inbound-endpoint", "inboundEndpoint"),
    LOCAL_ENTRY("local-entries", "local-entries", "synapse/local-entry", "localEntry"),
    MESSAGE_PROCESSOR("message-processors", "message-processors", "synapse/message-processors", "messageProcessor"),
    MESSAGE_STORE("message-stores", "message-stores", "synapse/message-store", "messageStore"),
    PROXY_SERVICE("proxy-services", "proxy-services", "synapse/proxy-service", "proxy"),
    SEQUENCE("sequences", "sequences", "synapse/sequence", "sequence"),
    TASK("tasks", "tasks", "synapse/task", "task"),
    TEMPLATE("templates", "templates", "synapse/template", "template"),
    DATA_SOURCE("data-sources", "datasource", "datasource/datasource", "datasource"),
    DATA_SERVICE("data-services", "dataservice", "service/dataservice", "data");

    public static final String SYNAPSE = "http://ws.apache.org/ns/synapse";

    private final String folder;
    private final String studioFolder;
    private final String type;
    private final String root;

    ArtifactKind(String folder, String studioFolder, String type, String root) {
        this.folder = folder;
        this.studioFolder = studioFolder;
        this.type = type;
        this.root = root;
    }

    public static Optional<ArtifactKind> ofFolder(String folder) {
        return Arrays.stream(values()).filter(k -> k.folder.equals(folder)).findFirst();
    }

    public static Optional<ArtifactKind> ofStudioFolder(String folder) {
        return Arrays.stream(values())
                .filter(k -> k.studioFolder.equals(folder))
                .findFirst();
    }

    /** Integration Studio tells the two kinds of templates apart. */
    public static Optional<ArtifactKind> ofType(String type) {
        return type.endsWith("Template")
                ? Optional.of(TEMPLATE)
                : Arrays.stream(values()).filter(k -> k.type.equals(type)).findFirst();
    }

    /** The folder's name in the VS Code layout; Integration Studio's differs for three kinds. */
    public String folder() {
        return folder;
    }

    /** The {@code type} in a CAR's {@code artifact.xml}. */
    public String type() {
        return type;
    }

    /** The root element's local name. */
    public String root() {
        return root;
    }

    /** The attribute that names it; empty for data sources, which their file names. */
    public String nameAttribute() {
        return this == DATA_SOURCE ? "" : this == LOCAL_ENTRY ? "key" : "name";
    }

    /** Whether it is written in Synapse's language. */
    public boolean isSynapse() {
        return this != DATA_SERVICE && this != DATA_SOURCE;
    }

    /** Synapse keeps these four in one map, its local registry: their names must differ from each other's too. */
    public boolean inLocalRegistry() {
        return this == SEQUENCE || this == ENDPOINT || this == LOCAL_ENTRY || this == TEMPLATE;
    }

    /** For people: {@code message store}. */
    public String words() {
        return this == API ? "API" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
