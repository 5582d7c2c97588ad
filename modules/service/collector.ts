/**
 * Configuration of the OpenTelemetry collector: traces of this task to X-Ray.
 * JSON is YAML, which the collector reads from AOT_CONFIG_CONTENT.
 */
export const collectorConfig = {
  receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:4318' } } } },
  processors: {
    memory_limiter: { check_interval: '1s', limit_mib: 200 },
    resourcedetection: { detectors: ['env', 'ecs'] },
    batch: { timeout: '5s' },
  },
  exporters: { awsxray: {} },
  service: {
    pipelines: {
      traces: {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'resourcedetection', 'batch'],
        exporters: ['awsxray'],
      },
    },
  },
}

/** AWS's own build of the collector. The newest version known here in November 2026, its digest: unverified, as no public registry is in reach. */
export const collectorImage = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3'
