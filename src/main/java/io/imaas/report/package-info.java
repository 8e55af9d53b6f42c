/** Events and values turned into what people and programs read. */
package io.imaas.report;
