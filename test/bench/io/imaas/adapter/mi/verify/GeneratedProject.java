package io.imaas.adapter.mi.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project of many artifacts, on disk. */
record GeneratedProject(Path root) {
    private static final String SYNAPSE = "xmlns=\"http://ws.apache.org/ns/synapse\"";
    private static final String PLUGIN =
            """
            <build><plugins><plugin><groupId>org.wso2.maven</groupId><artifactId>vscode-car-plugin</artifactId>
            <version>5.4.12</version></plugin></plugins></build>
            """;

    /** @param faulty whether each artifact has a misspelt name, an unknown reference and an unused comment */
    static GeneratedProject vsCode(Path root, int size, boolean faulty) throws IOException {
        write(root, "pom.xml", pom("big", "pom", "<project.runtime.version>4.4.0</project.runtime.version>", PLUGIN));
        write(root, "src/main/wso2mi/resources/conf/config.properties", "key:string\n");
        StringBuilder declared = new StringBuilder("<artifacts>\n");
        for (int i = 0; i < size; i++) {
            String resource = "src/main/wso2mi/resources/registry/gov/texts/t" + i + ".txt";
            switch (i % 4) {
                case 0 -> write(root, artifact("sequences", i), sequence(i, size, faulty));
                case 1 -> write(root, artifact("apis", i), api(i, size, faulty));
                case 2 -> write(root, artifact("endpoints", i), endpoint(i));
                default -> write(root, artifact("proxy-services", i), proxy(i, size, faulty));
            }
            write(root, resource, "a text\n");
            if (!faulty || i % 2 == 0) {
                declared.append(registryResource(i));
            }
        }
        write(
                root,
                "src/main/wso2mi/resources/registry/artifact.xml",
                declared.append("</artifacts>\n").toString());
        return new GeneratedProject(root);
    }

    /** One module whose composite takes every second artifact, in another version. */
    static GeneratedProject studio(Path root, int size) throws IOException {
        StringBuilder list = new StringBuilder("<artifacts>\n");
        StringBuilder taken = new StringBuilder("<dependencies>\n");
        StringBuilder packed = new StringBuilder();
        for (int i = 0; i < size; i++) {
            String file = "src/main/synapse-config/sequences/A" + i + ".xml";
            write(root, "Configs/" + file, sequence(4 * i, 4 * size, false).replace("A" + 4 * i, "A" + i));
            list.append("<artifact name=\"A" + i + "\" groupId=\"org.example.sequence\" version=\"1.0.0\""
                    + " type=\"synapse/sequence\" serverRole=\"EnterpriseServiceBus\"><file>" + file
                    + "</file></artifact>\n");
            taken.append(
                    i % 2 == 1
                            ? ""
                            : "<dependency><groupId>org.example.sequence</groupId><artifactId>A" + i
                                    + "</artifactId><version>2.0.0</version><type>xml</type></dependency>\n");
            packed.append("<org.example.sequence_._A" + i + ">capp</org.example.sequence_._A" + i + ">");
        }
        write(root, "Configs/artifact.xml", list.append("</artifacts>\n").toString());
        write(root, "Configs/pom.xml", pom("configs", "pom", "", ""));
        write(
                root,
                "pom.xml",
                pom("parent", "pom", "", "<modules><module>Configs</module><module>All</module></modules>"));
        write(root, "All/pom.xml", pom("all", "carbon/application", packed.toString(), taken + "</dependencies>"));
        return new GeneratedProject(root);
    }

    private static String pom(String name, String packaging, String properties, String rest) {
        return "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>" + name
                + "</artifactId><version>1.0.0</version><packaging>" + packaging + "</packaging><properties>"
                + properties + "</properties>" + rest + "</project>\n";
    }

    private static String artifact(String folder, int i) {
        return "src/main/wso2mi/artifacts/" + folder + "/A" + i + ".xml";
    }

    private static String sequence(int i, int size, boolean faulty) {
        return "<sequence name=\"A" + i + "\" " + SYNAPSE + ">\n" + body(i, size, faulty) + "</sequence>\n";
    }

    private static String api(int i, int size, boolean faulty) {
        StringBuilder api = new StringBuilder("<api name=\"A" + i + "\" context=\"/a" + i + "\" " + SYNAPSE + ">\n");
        for (String method : new String[] {"GET", "POST"}) {
            api.append("<resource methods=\"" + method + "\" uri-template=\"/orders\"><inSequence>\n")
                    .append(body(i, size, faulty))
                    .append("</inSequence></resource>\n");
        }
        return api.append("</api>\n").toString();
    }

    private static String endpoint(int i) {
        return "<endpoint name=\"A" + i + "\" " + SYNAPSE + "><http method=\"get\" uri-template=\"http://example.org/"
                + i + "\"><suspendOnFailure><initialDuration>1000</initialDuration></suspendOnFailure></http>"
                + "</endpoint>\n";
    }

    private static String proxy(int i, int size, boolean faulty) {
        return "<proxy name=\"A" + i + "\" startOnLoad=\"true\" transports=\"http https\" " + SYNAPSE
                + "><target><inSequence>\n" + body(i, size, faulty)
                + "</inSequence></target><parameter name=\"p\">v</parameter></proxy>\n";
    }

    private static String body(int i, int size, boolean faulty) {
        StringBuilder body = new StringBuilder();
        for (int j = 0; j < 6; j++) {
            body.append("  <property name=\"p" + j + "\" value=\"${configs.key}\" scope=\"default\"/>\n")
                    .append("  <log level=\"custom\"><property name=\"x\" expression=\"json-eval($.a)\"/></log>\n")
                    .append("  <payloadFactory media-type=\"json\"><format>{\"a\": $1}</format><args>")
                    .append("<arg evaluator=\"xml\" expression=\"$ctx:p" + j + "\"/></args></payloadFactory>\n")
                    .append("  <filter xpath=\"$ctx:p" + j + " = 'x'\"><then><drop/></then><else/></filter>\n");
        }
        body.append("  <sequence key=\"A" + (i / 4 * 4 + 4) % size + "\"/>\n")
                .append("  <call><endpoint key=\"A" + (i / 4 * 4 + 2) % size + "\"/></call>\n")
                .append("  <xslt key=\"gov:texts/t" + i + ".txt\"/>\n");
        if (faulty) {
            body.append("  <!-- imaas-ignore unresolved-reference: it comes later -->\n")
                    .append("  <sequence key=\"Later" + i + "\"/>\n")
                    .append("  <sequence key=\"Z" + i + "\"/>\n")
                    .append("  <call><endpoint key=\"gov:datamapper/d" + i + "/d.dmc\"/></call>\n")
                    .append("  <property name=\"q\" value=\"${configs.missing" + i + "}\"/>\n")
                    .append("  <lgo levle=\"full\"/>\n");
        }
        return body.toString();
    }

    private static String registryResource(int i) {
        return "<artifact name=\"t" + i
                + "\" groupId=\"org.example.resource\" version=\"1.0.0\" type=\"registry/resource\""
                + " serverRole=\"EnterpriseIntegrator\"><item><file>t" + i
                + ".txt</file><path>/_system/governance/texts</path><mediaType>text/plain</mediaType><properties/></item>"
                + "</artifact>\n";
    }

    private static void write(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
