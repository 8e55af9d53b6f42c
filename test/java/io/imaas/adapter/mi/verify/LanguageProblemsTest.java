package io.imaas.adapter.mi.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Micro Integrator's factories refuse is an error; what they accept is none. */
class LanguageProblemsTest {
    @TempDir
    private Path folder;

    private MiFiles files;

    @BeforeEach
    void aProject() {
        files = new MiFiles(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "unknown-mediator | <payloadFactry media-type='json'><format>{}</format></payloadFactry> | did you mean <payloadFactory>?",
                "unknown-mediator | <log xmlns=''/> | is not in Synapse's namespace",
                "unknown-mediator | <filter xpath='true()'><then><logg/></then></filter> | did you mean <log>?",
                "missing-attribute | <filter><then><drop/></then></filter> | needs the attribute xpath or the attribute source with regex",
                "missing-attribute | <property value='1'/> | <property> has no attribute name",
                "missing-element | <property name='a'/> | needs the attribute value or the attribute expression",
                "missing-attribute | <scatter-gather target='Body'><aggregation expression='json-eval($.a)'/><sequence><log/></sequence></scatter-gather> | no attribute result-content-type",
                "missing-element | <payloadFactory media-type='json'/> | has no <format>",
                "missing-element | <call><endpoint/></call> | <endpoint> needs",
                "invalid-value | <log category='WARNING'/> | use one of INFO, TRACE, DEBUG, WARN, ERROR, FATAL",
                "invalid-value | <property name='a' value='b' scope='axis'/> | did you mean 'axis2'?",
                "invalid-value | <property name='a' value='b' type='NUMBER'/> | use one of STRING",
                "invalid-value | <header name='X' value='1'/> | write prefix:name",
                "invalid-expression | <property name='a' expression='//a['/> | the XPath expression '//a[' cannot be read",
                "invalid-expression | <property name='a' expression='${vars.x'/> | do not match",
                "invalid-expression | <switch source='//a'><case regex='(['><log/></case></switch> | the regular expression",
                "unknown-attribute | <log levl='full'/> | did you mean 'level'?",
                "missing-attribute | <enrich><source type='property'/><target type='body'/></enrich> | <source> needs the attribute property",
                "missing-attribute | <enrich><source/><target type='body'/></enrich> | <source> needs the attribute xpath",
                "missing-element | <makefault><code xmlns:a='http://schemas.xmlsoap.org/soap/envelope/' value='a:Client'/></makefault> | <makefault> needs <reason>",
                "missing-element | <dataServiceCall serviceName='$ctx:d'><operations type='single'/></dataServiceCall> | <dataServiceCall> needs <source> with type inline",
                "missing-element | <dataServiceCall serviceName='$ctx:d'><source type='inline'/></dataServiceCall> | <dataServiceCall> needs <operations>",
                "invalid-value | <log level='$1'/> | '$1' is not a valid level of <log>",
                "invalid-value | <makefault version='soap11'><code xmlns:s='http://www.w3.org/2003/05/soap-envelope' value='s:Server'/><reason value='r'/></makefault> | does not stand for the SOAP version",
                "invalid-value | <makefault><code xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' value='s:Sender'/><reason value='r'/></makefault> | use one of VersionMismatch, MustUnderstand, Client, Server",
                "invalid-value | <makefault version='soap12'><code value='s:Sender'/><reason value='r'/></makefault> | the prefix 's' of 's:Sender' is not declared",
                "invalid-value | <makefault version='soap12'><code xmlns:s='http://www.w3.org/2003/05/soap-envelope' value='s:Sender'/><reason value='r'/><node>a b</node></makefault> | 'a b' is not a URI",
                "missing-attribute | <callout serviceURL='http://a'><source type='STRING'/><target key='k'/></callout> | needs the attribute xpath or the attribute key",
                "missing-attribute | <datamapper config='gov:a' inputSchema='gov:b'/> | no attribute outputSchema",
                "missing-attribute | <cache timeout='20'/> | no attribute collector",
                "missing-element | <enrich><source type='body'/><target type='property' property='p' action='remove'/></enrich> | <enrich> needs <source> with type custom",
                "missing-element | <enrich><source xpath='//a'/><target type='envelope'/></enrich> | <enrich> needs <source> with type property, inline, variable",
                "invalid-value | <enrich><source type='inline'><a/></source><target type='key' xpath='json-eval($.a)' action='child'/></enrich> | 'child' is not a valid action of <target>",
                "invalid-expression | <property name='a' expression='${properties.snyapse.E}'/> | write properties.synapse.NAME",
                "missing-element | <dataServiceCall serviceName='$ctx:d'><source type='body'/><operations type='single'/></dataServiceCall> | <dataServiceCall> needs <source>",
                "missing-attribute | <log><property name=' ' value='1'/></log> | the attribute name of <property> is empty",
                "invalid-expression | <property name='a' expression='${var.x}'/> | no expression begins with 'var'; did you mean 'vars'?",
                "invalid-expression | <property name='a' expression='${toUper(payload.a)}'/> | did you mean 'toUpper'?",
                "invalid-expression | <log><message>of ${endpoint}</message></log> | write vars.endpoint or payload.endpoint",
                "invalid-expression | <payloadFactory media-type='json'><format>{ ${foo.x} }</format></payloadFactory> | no expression begins with 'foo'",
                "invalid-expression | <property name='a' expression='${payload.a +}'/> | ends too early",
                "invalid-expression | <property name='a' expression='${vars}'/> | 'vars' is no value of its own",
                "invalid-expression | <log><message>of ${properties.axis2} and</message></log> | write properties.axis2.NAME",
                "invalid-expression | <property name='a' expression='${vars[0]}'/> | write vars.NAME",
                "invalid-expression | <property name='a' expression='${!payload.a}'/> | write not(",
                "invalid-expression | <property name='a' expression='${}'/> | is empty",
                "invalid-value | <property name='a' value='x' type='INTEGER'/> | 'x' is not a whole number",
                "invalid-value | <property name='a' value='x' scope='json-eval($.a)'/> | is not a valid scope of <property>",
                "invalid-value | <header name='q:X' value='1'/> | the prefix 'q' of 'q:X' is not declared",
                "missing-element | <filter xpath='true()'><else><drop/></else></filter> | <filter> needs <then>",
                "missing-attribute | <payloadFactory><format>{}</format><args><log/></args></payloadFactory> | needs the attribute value",
                "missing-attribute | <payloadFactory><format>{}</format><args><email.send/></args></payloadFactory> | needs the attribute value",
                "invalid-expression | <payloadFactory><format><a xmlns='urn:x'><b>x ${vars.} y</b></a></format></payloadFactory> | vars.NAME",
                "invalid-expression | <payloadFactory><format><a xmlns='urn:x' b='${foo.x}'/></format></payloadFactory> | no expression begins with 'foo'",
                "invalid-expression | <log><message>of ${payload[} and</message></log> | ends too early",
                "invalid-expression | <property name='a' expression='${payload[0}'/> | ends too early",
                "invalid-expression | <property name='a' expression='${payload[]}'/> | cannot be read from ']' on",
                "invalid-expression | <property name='a' expression='${payload[?(@.a == null)]}'/> | cannot be read from 'null' on",
                "invalid-expression | <property name='a' expression='${vars.size}'/> | write ['size']",
                "invalid-expression | <property name='a' expression='${vars.n 5}'/> | cannot be read from '5' on",
                "invalid-expression | <property name='a' expression='${5-1}'/> | cannot be read from '-1' on",
                "invalid-expression | <property name='a' expression='json-eval($.a b)'/> | Use bracket notion",
                "invalid-expression | <property name='a' expression='json-eval($.a[?(@.b = 1)])'/> | cannot be read",
                "invalid-expression | <property name='a' expression='json-eval($.a[0) = b['/> | behind json-eval(…) stands '= b['",
                // What the third set of mutations and a matrix of values over every attribute taught.
                "invalid-expression | <property name='a' expression='${vars.a} '/> | write it without blanks around it",
                "invalid-expression | <payloadFactory media-type='json'><format>{}</format><args><arg expression='${vars.a}'/></args></payloadFactory> | only an XPath expression can stand here",
                "invalid-expression | <payloadFactory media-type='json'><format>{}</format><args><arg evaluator='xml' expression='json-eval($.a)'/></args></payloadFactory> | only an XPath",
                "invalid-value | <payloadFactory media-type='json'><format>{}</format><args><arg evaluator='json' expression='${vars.a}'/></args></payloadFactory> | cannot be read: Illegal character",
                "invalid-expression | <xslt key='gov:x' source='${payload}'/> | only an XPath",
                "invalid-expression | <property name='a' expression='json-eval($ .a)'/> | cannot be read: Illegal character",
                "invalid-value | <property name='a' type='INTEGER' value=' 5'/> | is not a whole number",
                "invalid-value | <property name='a' type='SHORT' value='70000'/> | is not a number from",
                "invalid-value | <property name='a' type='INTEGER' value='${configs_n}'/> | is not a whole number",
                "invalid-value | <variable name='a' type='FLOAT' value='1'/> | is not a valid type",
                "invalid-value | <variable name='a' type='XML' value='x'/> | is not XML",
                "invalid-value | <call><endpoint><address uri='u'><timeout><duration>$SYSTEM:t</duration></timeout></address></endpoint></call> | is not a number of milliseconds",
                "invalid-value | <call><endpoint><address uri='u'><suspendOnFailure><errorCodes>101504,x</errorCodes></suspendOnFailure></address></endpoint></call> | 'x' is not a number",
                "missing-attribute | <call><endpoint><loadbalance><member httpPort='80'/></loadbalance></endpoint></call> | hostName",
                "invalid-value | <iterate expression='json-eval($.a)' attachPath='//a' preservePayload='true'><target><sequence/></target></iterate> | as the other expression is",
                "invalid-value | <enrich><source type='inline'><u:a xmlns:u='urn:u'/></source><target type='body'/></enrich><header name='u:a' value='x'/> | the prefix 'u' of 'u:a' is not declared",
                "invalid-value | <header name='to' value='x'/> | is not a SOAP header",
                "missing-attribute | <header name='To'><action>remove</action></header> | needs the attribute value",
                "missing-attribute | <foreach collection='//a' update-original='false' target-variable='v'><sequence><log/></sequence></foreach> | result-content-type",
                "invalid-value | <rewrite><rewriterule><condition><equal type='url' source='query2' value='h'/></condition><action value='a' fragment='host'/></rewriterule></rewrite> | did you mean 'query'?",
                "missing-attribute | <builder><messageBuilder class='org.example.B'/></builder> | contentType",
                "invalid-expression | <dataServiceCall serviceName='$ctx:d'><source type='inline'/><operations type='single'><operation name='o'><param name='p' expression='${vars.a}'/></operation></operations></dataServiceCall> | only an XPath",
                "invalid-value | <variable name='v' type='Order' value='a'/> | is not a valid type of <variable>",
                "invalid-value | <call><endpoint><http method='GET' uri-template='http://a/{uri.var.b'/></endpoint></call> | is never closed",
                "missing-element | <foreach collection='${payload.a}'/> | <foreach> needs <sequence>",
                "invalid-value | <xquery key='gov:q'><variable name='v' type='BYTES' value='1'/></xquery> | did you mean 'BYTE'?",
                "invalid-value | <call><endpoint><http method='GET' uri-template='http://a' version='2'/></endpoint></call> | use one of 1.1, 2.0",
                "missing-attribute | <rewrite><rewriterule><action type='remove-query-param' value='a'/></rewriterule></rewrite> | no attribute fragment",
                "missing-attribute | <opa><additionalParameters><parameter>a</parameter></additionalParameters></opa> | no attribute name",
                "invalid-value | <foreach expression='//a'><sequence><log/><send/></sequence></foreach> | <send> must not stand here",
                "invalid-value | <enrich><source xpath='//a'/><target xpath='json-eval($)'/></enrich> | write type=\"body\"",
                "invalid-value | <payloadFactory><format>{}</format><args><arg evaluator='json' expression=' a'/></args></payloadFactory> | cannot be read",
                "invalid-value | <call><endpoint><address uri='u'><timeout><duration>${</duration></timeout></address></endpoint></call> | '${' is not",
                "invalid-value | <call><endpoint><address uri='u'><timeout><duration>$wait</duration></timeout></address></endpoint></call> | is not a number of milliseconds",
                "invalid-expression | <log><message>${object('{}').property('a')}</message></log> | cannot be read",
                "invalid-expression | <log><message>${registry('a').property()}</message></log> | cannot be read",
                "invalid-value | <sequence key='{//a[}'/> | cannot be read",
                "invalid-expression | <filter xpath=\"json-eval($.a.b) = 'c'\"><then/></filter> | behind json-eval(…) stands '= 'c''",
                "duplicate-name | <call><endpoint><failover><endpoint key='{$ctx:a}'/><endpoint key='{$ctx:a}'/></failover></endpoint></call> | has this <endpoint> already",
            })
    void whatTheFactoriesRefuseIsTold(String rule, String mediator, String words) {
        files.sequence("S", mediator);
        assertThat(files.lint())
                .filteredOn(problem -> problem.severity() != Problem.Severity.INFO)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).isEqualTo(rule);
                    assertThat(problem.sentence()).contains(words);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<log level='custom'><property name='a' expression='json-eval($.a)'/></log>",
                "<log><message>${payload.configs.timeout}</message></log>",
                "<script language='js'>var key = '${configs.none}';</script>",
                "<variable name='v' type='STRING' expression='${vars.configs.x}'/>",
                "<http.get configKey='gov:c'><anything><of its='own'/></anything></http.get>",
                "<property name='a' action='remove'/>",
                "<throwError/>",
                "<dataServiceCall serviceName='$ctx:d'><source type='INLINE'/><operations type='single'/></dataServiceCall>",
                "<property name='a' expression='${payload.params.x + props.synapse.y}'/>",
                "<enrich><source xpath='//a'/><target xpath='//b' action='remove'/></enrich>",
                "<makefault><code xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' value='s:Server'/><reason value='r'/><role/></makefault>",
                "<property name='a' value='x' xmlns:x='u' x:free='1'/>",
                "<header name='Authorization' scope='transport' expression='$ctx:token'/>",
                "<payloadFactory media-type='xml'><format><log category='none' sequence='7'/></format><args/></payloadFactory>",
                "<payloadFactory media-type='xml'><format><a xmlns='urn:x' b='${vars.b}'>${payload.c}</a></format></payloadFactory>",
                "<payloadFactory><format>{}</format><args><arg evaluator='json' expression='$.a'/></args></payloadFactory>",
                "<enrich><source type='inline'><property/></source><target type='body'/></enrich>",
                "<foreach collection='${payload.items}'><sequence><log/></sequence></foreach>",
                "<switch source='//a'><case regex='b'><log/></case><default><drop/></default></switch>",
                "<!-- a comment --><respond/>",
                "<dataServiceCall serviceName='$ctx:d'><source type='body'/><target type='body'/></dataServiceCall>",
                "<filter xpath='true()'><then><drop/></then><anything/></filter>",
                "<property name='a' expression='${payload.items[?(@.price > 5)].name}'/>",
                "<property name='a' expression='${vars.a.b-c == null ? \"no\" : toUpper(vars[\"x y\"].z)}'/>",
                "<property name='a' expression='${exists(params.queryParams.q) and not(headers[\"X-A\"] == \"b\")}'/>",
                "<property name='a' expression='${xpath(\"//n:a\").length}'/>",
                "<property name='a' expression='json-eval($.a))'/>",
                "<property name='a' expression='json-eval($.a)['/>",
                "<property name='a' expression='json-eval($.)'/>",
                "<property name='a' expression='json-eval($.a.length())'/>",
                "<property name=' ' value='a'/>",
                "<variable name='v' type='Order' expression='json-eval($.a)'/>",
                "<call><endpoint><http method='GET' uri-template='http://a/{uri.var.b}?c={uri.var.d}'/></endpoint></call>",
                "<call><endpoint><address uri='http://a'/><parameter expression='$.a'/></endpoint></call>",
                "<throwError errorMessage='no'/>",
                "<payloadFactory media-type='json' template-type='freemarker'><format>{ ${foo.x} }</format></payloadFactory>",
                "<call><endpoint><address uri=''/></endpoint></call>",
                "<sequence key='main'><outSequence/></sequence>",
                "<opa><serverUrl>http://a</serverUrl><policy>p</policy><rule>r</rule></opa>",
                "<eventPublisher eventSourceName='a'/>",
                "<foreach expression='//a'><sequence><filter xpath='true'><then><send/></then></filter></sequence></foreach>",
                "<enrich><source xpath='//a'/><target xpath='json-eval($)' action='child'/></enrich>",
                "<enrich><source type='property' property='p'/><target type='body' xpath='json-eval($)'/></enrich>",
                "<call><endpoint><address uri='u'><timeout><duration>{$ctx:t}</duration></timeout></address></endpoint></call>",
                "<log><message>${registry('a').property('b')} ${trim('a').property()} ${array('[]').object}</message></log>",
                "<call><endpoint><loadbalance><member hostName='h' httpPort='$SYSTEM:port' httpsPort=' '/></loadbalance></endpoint></call>",
                "<header name='To' action='remove'/>",
                "<log category='info'/>",
                "<property name='a' expression='json-eval($.a.)'/>",
                "<property name='a' expression='json-eval($ctx:a.b[0])'/>",
                "<property name='a' expression=' //a '/>",
                "<foreach collection='' expression='//a'><sequence><log/></sequence></foreach>",
                "<foreach collection='//a' update-original='false' continue-without-aggregation='true'><sequence><log/></sequence></foreach>",
                "<iterate expression='json-eval($.a)' attachPath='json-eval($)' preservePayload='true'><target><sequence/></target></iterate>",
                "<rewrite><rewriterule><condition/><action value='a' fragment='host'/></rewriterule></rewrite>",
                "<rewrite><rewriterule><condition><equal type='url' value='a'/></condition><action value='a' fragment='host'/></rewriterule></rewrite>",
                "<call-template target='{{//a[}}'/>",
                "<send><endpoint><address uri='u'/><address/></endpoint><endpoint/></send>",
                "<iterate expression='//a' attachPath='//b' preservePayload='TRUE'><target/></iterate>",
                "<rewrite><rewriterule><action type='remove-query-param' fragment='query' value='a'/></rewriterule></rewrite>",
            })
    void whatTheyAcceptIsNoProblem(String mediator) {
        files.with(MiFiles.RESOURCES + "conf/config.properties", "scope:string\n")
                .sequence("S", mediator);
        assertThat(files.lint()).filteredOn(Problem::isError).isEmpty();
    }

    @Test
    void aParameterStandsForATimeoutInATemplateAlone() {
        files.with(
                MiFiles.ARTIFACTS + "templates/T.xml",
                "<template" + MiFiles.NS
                        + " name='T'><parameter name='wait'/><endpoint name='$name'><address uri='$uri'>"
                        + "<timeout><duration>$wait</duration></timeout></address></endpoint></template>");
        assertThat(files.lint()).filteredOn(Problem::isError).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<variable name='v' type='STRING' value='x'/> | <variable> came with Micro Integrator 4.4",
                "<foreach collection='${payload.a}'><sequence><log/></sequence></foreach> | the attribute collection of <foreach>",
                "<log><message>a</message></log> | <message> of <log> came with Micro Integrator 4.4, the project is written for 4.3.0, which passes over it",
                "<log logMessageID='true'/> | the attribute logMessageID of <log>",
                "<property name='a' expression='${payload.a}'/> | the expression ${payload.a} came with",
                "<sequence key='{${payload.a}}'/> | the expression {${payload.a}} came with",
            })
    void whatCameLaterThanTheRuntimeIsTold(String mediator, String words) {
        files.sequence("S", mediator);
        assertThat(files.runtime("4.3.0").lint())
                .filteredOn(problem -> problem.rule().equals("newer-runtime"))
                .allMatch(problem -> problem.isError() != mediator.startsWith("<log"))
                .extracting(Problem::what)
                .anyMatch(what -> what.contains(words) && what.contains("is written for 4.3.0"));
        assertThat(files.runtime("4.4.0").lint()).isEmpty();
        assertThat(files.runtime("").lint()).isEmpty();
    }

    /** Read from the differences between the factories of the versions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "4.0.0 | 4.1.0 | <opa/> | <opa> came with",
                "4.0.0 | 4.1.0 | <rewrite><rewriterule><action value='a' resolve='true'/></rewriterule></rewrite> | resolve of <action>",
                "4.1.0 | 4.2.0 | <call><endpoint><http method='GET' uri-template='http://a' version='2.0'/></endpoint></call> | version of <http>",
                "4.2.0 | 4.3.0 | <foreach expression='//a' continueLoopOnFailure='true'><sequence><log/></sequence></foreach> | continueLoopOnFailure of <foreach>",
            })
    void whatEarlierVersionsBroughtIsToldToo(String before, String since, String mediator, String words) {
        files.sequence("S", mediator);
        assertThat(files.runtime(before).lint())
                .singleElement()
                .extracting(Problem::sentence)
                .asString()
                .contains(words, "is written for " + before);
        assertThat(files.runtime(since).lint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a': '$1', 'b': $2} | 2 |",
                "{'a': '$1' 'b': 1} | 1 | is not JSON",
                "{'a': ${payload.x} | 0 | is not JSON",
                "{'a': '$2'} | 1 | uses $2, and there are only 1 arguments",
                "{'a': '${payload.b['c']}', 'price': 'about $100'} | 1 |",
                "[$1, ${vars.list}, {$2}] | 2 |",
                "$1 | 1 |",
                "{ $1, 'b': 'say $2 and ${vars.c}' } | 2 |",
            })
    void aTemplateIsJsonWhateverIsPutIn(String template, int arguments, String words) {
        files.sequence(
                "S",
                "<payloadFactory media-type='json'><format>" + template.replace('\'', '"') + "</format><args>"
                        + "<arg evaluator='json' expression='$.a'/>".repeat(arguments) + "</args></payloadFactory>");
        if (words == null) {
            assertThat(files.lint()).isEmpty();
        } else {
            assertThat(files.lint()).singleElement().satisfies(problem -> {
                assertThat(problem.rule()).isEqualTo("bad-template");
                assertThat(problem.what()).contains(words);
            });
        }
    }
}
