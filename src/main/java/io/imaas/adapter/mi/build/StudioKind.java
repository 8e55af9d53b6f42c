package io.imaas.adapter.mi.build;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of artifacts that Integration Studio's modules make without a compiler, each with the plugin that makes it. */
enum StudioKind {
    API("synapse/api", "wso2-esb-api-plugin"),
    ENDPOINT("synapse/endpoint", "wso2-esb-endpoint-plugin"),
    INBOUND_ENDPOINT("synapse/inbound-endpoint", "wso2-esb-inboundendpoint-plugin"),
    LOCAL_ENTRY("synapse/local-entry", "wso2-esb-localentry-plugin"),
    MESSAGE_PROCESSOR("synapse/message-processors", "wso2-esb-messageprocessor-plugin"),
    MESSAGE_STORE("synapse/message-store", "wso2-esb-messagestore-plugin"),
    PROXY_SERVICE("synapse/proxy-service", "wso2-esb-proxy-plugin"),
    SEQUENCE("synapse/sequence", "wso2-esb-sequence-plugin"),
    TASK("synapse/task", "wso2-esb-task-plugin"),
    TEMPLATE("synapse/template", "wso2-esb-template-plugin"),
    METADATA("synapse/metadata", "wso2-esb-metadata-plugin"),
    CONNECTOR("synapse/lib", "wso2-esb-connector-plugin"),
    REGISTRY_RESOURCE("registry/resource", "wso2-general-project-plugin"),
    DATA_SERVICE("service/dataservice", "maven-dataservice-plugin"),
    DATA_SOURCE("datasource/datasource", "maven-datasource-plugin");

    private final String type;
    private final String plugin;

    StudioKind(String type, String plugin) {
        this.type = type;
        this.plugin = plugin;
    }

    /** Of the type in a module's {@code artifact.xml}; both kinds of templates become one. */
    static Optional<StudioKind> of(String type) {
        String packed = type.matches("synapse/(sequence|endpoint)Template") ? TEMPLATE.type : type;
        return Arrays.stream(values()).filter(kind -> kind.type.equals(packed)).findFirst();
    }

    static boolean isMadeBy(String plugin) {
        return Arrays.stream(values())
                .anyMatch(kind -> kind.plugin.equals(plugin) || kind.copier().equals(plugin));
    }

    /** As the CAR's lists name it. */
    String type() {
        return type;
    }

    String plugin() {
        return plugin;
    }

    /** The plugin of a module that makes it alone. */
    String copier() {
        return type.startsWith("synapse/") && this != METADATA && this != CONNECTOR ? "wso2-mi-synapse-plugin" : plugin;
    }

    /** What its module's group gets behind it in the artifact's own coordinates. */
    String group() {
        return type.substring(type.indexOf('/') + 1);
    }

    /** The type of a composite's dependency on it, and the ending of its file in the CAR. */
    String extension() {
        return switch (this) {
            case METADATA -> "yaml";
            case CONNECTOR, REGISTRY_RESOURCE -> "zip";
            case DATA_SERVICE -> "dbs";
            default -> "xml";
        };
    }

    /** What the server deploys first stands first in the lists: the smallest number. */
    int priority() {
        return switch (this) {
            case REGISTRY_RESOURCE -> 1;
            case LOCAL_ENTRY -> 2;
            case MESSAGE_STORE -> 4;
            case TASK -> 6;
            default -> 5;
        };
    }
}
