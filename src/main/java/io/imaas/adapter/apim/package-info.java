/** WSO2's API Manager: its service catalog (REST API v1). */
package io.imaas.adapter.apim;
