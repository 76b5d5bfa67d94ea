interface AnswerTextProps {
  readonly text: string;
  readonly growing: boolean;
}

/** The words of an answer, an empty line starting a new paragraph. */
export function AnswerText({ text, growing }: AnswerTextProps) {
  const paragraphs = text.trim().split(/\n{2,}/);
  return (
    <div className={growing ? 'text growing' : 'text'}>
      {paragraphs.map((paragraph, position) => (
        <p key={position}>{paragraph}</p>
      ))}
    </div>
  );
}
