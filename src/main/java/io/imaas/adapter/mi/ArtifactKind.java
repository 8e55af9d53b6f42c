package io.imaas.adapter.mi;

/**
 * The kinds of artifacts that lie in a folder of their own below {@code artifacts}, in the order in which WSO2's plugin
 * packs them.
 */
enum ArtifactKind {
    API("apis", "synapse/api"),
    ENDPOINT("endpoints", "synapse/endpoint"),
    INBOUND_ENDPOINT("inbound-endpoints", "synapse/inbound-endpoint"),
    LOCAL_ENTRY("local-entries", "synapse/local-entry"),
    MESSAGE_PROCESSOR("message-processors", "synapse/message-processors"),
    MESSAGE_STORE("message-stores", "synapse/message-store"),
    PROXY_SERVICE("proxy-services", "synapse/proxy-service"),
    SEQUENCE("sequences", "synapse/sequence"),
    TASK("tasks", "synapse/task"),
    TEMPLATE("templates", "synapse/template"),
    DATA_SOURCE("data-sources", "datasource/datasource"),
    DATA_SERVICE("data-services", "service/dataservice");

    static final String INTEGRATOR = "EnterpriseIntegrator";

    private final String folder;
    private final String type;

    ArtifactKind(String folder, String type) {
        this.folder = folder;
        this.type = type;
    }

    String folder() {
        return folder;
    }

    /** As in the CAR's {@code artifact.xml}. */
    String type() {
        return type;
    }

    /** WSO2's plugin gives the data kinds the old name of the other server. */
    String serverRole() {
        return this == DATA_SOURCE || this == DATA_SERVICE ? "EnterpriseServiceBus" : INTEGRATOR;
    }

    /** The ending of the file inside the CAR. */
    String extension() {
        return this == DATA_SERVICE ? ".dbs" : ".xml";
    }
}
