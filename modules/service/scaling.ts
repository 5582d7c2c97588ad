import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js'
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target/index.js'
import type { Construct } from 'constructs'
import { ENVIRONMENT_DIMENSION, METRIC_NAMESPACE, METRICS } from '../../api/platform/observability/metric-names.ts'

interface Settings {
  readonly clusterName: string
  /** Name of the service; taken from the service, so that the target is made after it. */
  readonly serviceName: string
  readonly environment: string
  readonly minTasks: number
  readonly maxTasks: number
  readonly cpuTarget: number
  readonly memoryTarget: number
  readonly inFlightTarget: number
}

/**
 * Guide 2.5, "Configure auto-scaling": by CPU, memory and, ours, by what saturates first, the analyses in flight per task.
 * @returns ARN of the policy that the latency alarm calls (guide 6: "API latency > 3s: Auto-scale ECS tasks")
 */
export function scaling(scope: Construct, settings: Settings): string {
  const target = new AppautoscalingTarget(scope, 'tasks', {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: `service/${settings.clusterName}/${settings.serviceName}`, // guide 2.5
    minCapacity: settings.minTasks,
    maxCapacity: settings.maxTasks,
  })
  const place = {
    serviceNamespace: target.serviceNamespace,
    scalableDimension: target.scalableDimension,
    resourceId: target.resourceId,
  }
  const track = (
    id: string,
    targetValue: number,
    metric:
      | { predefinedMetricSpecification: { predefinedMetricType: string } }
      | { customizedMetricSpecification: object },
  ) =>
    new AppautoscalingPolicy(scope, id, {
      ...place,
      name: id.replaceAll('_', '-'),
      policyType: 'TargetTrackingScaling', // guide 2.5
      targetTrackingScalingPolicyConfiguration: {
        targetValue,
        scaleInCooldown: 300, // guide 2.5
        scaleOutCooldown: 60, // guide 2.5
        ...metric,
      },
    })
  const predefined = (predefinedMetricType: string) => ({ predefinedMetricSpecification: { predefinedMetricType } })
  track('cpu_scaling', settings.cpuTarget, predefined('ECSServiceAverageCPUUtilization')) // guide 2.5
  track('memory_scaling', settings.memoryTarget, predefined('ECSServiceAverageMemoryUtilization')) // guide, component 2
  // Each task writes its own gauge, so the average over all is the load of one task.
  track('in_flight_scaling', settings.inFlightTarget, {
    customizedMetricSpecification: {
      namespace: METRIC_NAMESPACE,
      metricName: METRICS.analysesInFlight.name,
      unit: METRICS.analysesInFlight.unit,
      statistic: 'Average',
      dimensions: [{ name: ENVIRONMENT_DIMENSION, value: settings.environment }],
    },
  })
  return new AppautoscalingPolicy(scope, 'latency_scaling', {
    ...place,
    name: 'latency-scaling',
    policyType: 'StepScaling',
    stepScalingPolicyConfiguration: {
      adjustmentType: 'ChangeInCapacity',
      cooldown: 60,
      metricAggregationType: 'Average',
      stepAdjustment: [
        { metricIntervalLowerBound: '0', metricIntervalUpperBound: '3000', scalingAdjustment: 1 }, // ms over the 3 s
        { metricIntervalLowerBound: '3000', scalingAdjustment: 2 },
      ],
    },
  }).arn
}
