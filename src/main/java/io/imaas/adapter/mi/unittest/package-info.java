/** Runs unit-test suites on Micro Integrator unit-test servers, speaking their wire protocol. */
package io.imaas.adapter.mi.unittest;
