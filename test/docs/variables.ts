import { loadConfig } from '../../api/config/config.ts'

/** Every variable that the configuration asks for: seen by letting it ask. */
export function configurationVariables(): Set<string> {
  const asked = new Set<string>()
  const environment = new Proxy<NodeJS.ProcessEnv>(
    // With the model, as some are asked for only then.
    { ENVIRONMENT: 'test', AZURE_AI_ENDPOINT: 'https://model.invalid', AZURE_AI_API_KEY: 'none' },
    {
      get: (target, name) => {
        asked.add(String(name))
        return Reflect.get(target, name) as string | undefined
      },
    },
  )
  loadConfig(environment)
  return asked
}
