package io.imaas.adapter.mi.verify;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of artifacts, each with its folders, root element and type in a CAR (as vscode-car-plugin writes them). */
enum ArtifactKind {
    API("synapse/api", "api", "name", "apis", "api"),
    SEQUENCE("synapse/sequence", "sequence", "name", "sequences", "sequences"),
    ENDPOINT("synapse/endpoint", "endpoint", "name", "endpoints", "endpoints"),
    PROXY("synapse/proxy-service", "proxy", "name", "proxy-services", "proxy-services"),
    INBOUND_ENDPOINT("synapse/inbound-endpoint", "inboundEndpoint", "name", "inbound-endpoints", "inbound-endpoints"),
    LOCAL_ENTRY("synapse/local-entry", "localEntry", "key", "local-entries", "local-entries"),
    MESSAGE_STORE("synapse/message-store", "messageStore", "name", "message-stores", "message-stores"),
    MESSAGE_PROCESSOR(
            "synapse/message-processors", "messageProcessor", "name", "message-processors", "message-processors"),
    TASK("synapse/task", "task", "name", "tasks", "tasks"),
    TEMPLATE("synapse/template", "template", "name", "templates", "templates"),
    DATA_SERVICE("service/dataservice", "data", "name", "data-services", "dataservice"),
    /** Named by its file; it has no attribute for it. */
    DATA_SOURCE("datasource/datasource", "datasource", "", "data-sources", "datasource");

    static final String SYNAPSE = "http://ws.apache.org/ns/synapse";

    private final String type;
    private final String root;
    private final String nameAttribute;
    private final String folder;
    private final String studioFolder;

    ArtifactKind(String type, String root, String nameAttribute, String folder, String studioFolder) {
        this.type = type;
        this.root = root;
        this.nameAttribute = nameAttribute;
        this.folder = folder;
        this.studioFolder = studioFolder;
    }

    static Optional<ArtifactKind> ofFolder(String folder) {
        return Arrays.stream(values()).filter(k -> k.folder.equals(folder)).findFirst();
    }

    static Optional<ArtifactKind> ofStudioFolder(String folder) {
        return Arrays.stream(values())
                .filter(k -> k.studioFolder.equals(folder))
                .findFirst();
    }

    /** The {@code type} in a CAR's {@code artifact.xml}. */
    String type() {
        return type;
    }

    String root() {
        return root;
    }

    String nameAttribute() {
        return nameAttribute;
    }

    /** The folder's name in the VS Code layout; Integration Studio's differs for three kinds. */
    String folder() {
        return folder;
    }

    boolean inSynapseNamespace() {
        return this != DATA_SERVICE && this != DATA_SOURCE;
    }

    /** Synapse keeps these four in one map, its local registry: their names must differ from each other's too. */
    boolean inLocalRegistry() {
        return this == SEQUENCE || this == ENDPOINT || this == LOCAL_ENTRY || this == TEMPLATE;
    }

    /** For people: {@code message store}. */
    String words() {
        return this == API ? "API" : name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
