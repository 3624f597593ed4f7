/** YAML text and where it stands in its file. */
export interface YamlSource {
  readonly file: string;
  /** Text of the whole file. */
  readonly text: string;
  readonly yaml: string;
  /** UTF-16 offset of `yaml` in `text`. */
  readonly offset: number;
  /** Limits of size, keys and depth. Default: those of a front matter; null for files of the tree's maintainers. */
  readonly limits?: YamlLimits | null;
}

export interface YamlLimits {
  readonly maxLength: number;
  readonly maxKeys: number;
  readonly maxDepth: number;
}
