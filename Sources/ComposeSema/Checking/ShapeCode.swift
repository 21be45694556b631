package import ComposeBasic

/// The findings about keys and literal values.
package enum ShapeCode {
  package static let unknownKey = DiagnosticCode(
    "unknown-key", .error, "A key that has no meaning there",
    explanation: """
      The reference ignores keys that it does not know, so a misspelt key silently falls back to its default. A key that
      resembles a known one, or belongs one level up or down, is an error; any other unknown key is a warning.

      ```yaml bad
      component:
        type: http-client
        base_url: https://api.example.com
        action:
          path: /v1/items
          metod: GET
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        base_url: https://api.example.com
        action:
          path: /v1/items
          method: GET
      workflow: {job: {input: "${input}"}}
      ```
      """)

  package static let missingKey = DiagnosticCode(
    "missing-key", .error, "A required key is missing",
    explanation: """
      Without the key the declaration cannot work.

      ```yaml bad
      component:
        type: http-client
        base_url: https://api.example.com
        action:
          method: GET
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        base_url: https://api.example.com
        action:
          method: GET
          path: /v1/items
      workflow: {job: {input: "${input}"}}
      ```
      """)

  package static let conflictingKeys = DiagnosticCode(
    "conflicting-keys", .error, "Keys that exclude each other",
    explanation: """
      Only one of the keys may be given.

      ```yaml bad
      component:
        type: http-client
        base_url: https://api.example.com
        action:
          path: /v1/items
          endpoint: https://api.example.com/v1/items
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        action:
          endpoint: https://api.example.com/v1/items
      workflow: {job: {input: "${input}"}}
      ```
      """)

  package static let invalidValue = DiagnosticCode(
    "invalid-value", .error, "A value that the key cannot hold",
    explanation: """
      The value has the wrong kind, is outside its range, or is not one of the words that the key knows. Words are exact:
      `POST`, not `post`.

      ```yaml bad
      controller:
        adapter:
          type: http-server
          port: eighty
      workflow: {job: {component: c}}
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      ```

      ```yaml good
      controller:
        adapter:
          type: http-server
          port: 8080
      workflow: {job: {component: c}}
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      ```
      """)

  package static let unknownComponentType = DiagnosticCode(
    "unknown-component-type", .error, "A component type that does not exist",
    explanation: """
      The language has a fixed list of component types.

      ```yaml bad
      component:
        type: http-clinet
        action: {endpoint: https://api.example.com}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        action: {endpoint: https://api.example.com}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  package static let notRendered = DiagnosticCode(
    "expression-not-rendered", .error, "An expression where none is evaluated",
    explanation: """
      The value is read once when the service starts. Only `${env.NAME}` is replaced there; any other expression stays
      in the text as it is.

      ```yaml bad
      component:
        type: http-client
        base_url: https://${input.host}/v1
        action: {path: /items}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        action: {endpoint: "https://${input.host}/v1/items"}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  /// Every code of this file.
  package static let codes = [
    unknownKey, missingKey, conflictingKeys, invalidValue, unknownComponentType, notRendered,
  ]
}
