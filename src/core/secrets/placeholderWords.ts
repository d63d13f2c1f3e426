/** Words that say "put yours here". One of them among plain words makes a placeholder. */
export const markerWords: ReadonlySet<string> = new Set([
  ...list('your yours my here insert replace enter add paste put fill change changeme changeit me'),
  ...list(
    'placeholder example sample dummy fake demo test mock foo bar foobar todo tbd fixme dev local',
  ),
  ...list('redacted removed masked hidden censored sanitized omitted elided required optional'),
  // Spanish, Portuguese
  ...list('tu tus su aqui aquí sua seu suas minha meu teu tua coloque cole insira insertar pon'),
  // French
  ...list('votre vos ton ta mon ma ici remplacer remplacez entrez insérez inserez'),
  // German, Dutch
  ...list('dein deine deinen ihr ihre ihren mein meine hier einfügen einfuegen ersetzen jouw uw'),
  // Italian
  ...list('tuo il la mio mia qui inserisci inserire sostituisci'),
  // Polish, Czech, Turkish
  ...list('twój twoj twoja tutaj wpisz wstaw váš vas zde senin sizin buraya'),
  // Russian, Ukrainian
  ...list('ваш ваша ваше твой твоя мой сюда вставьте введите замените'),
  // Vietnamese, Indonesian
  ...list('của bạn anda disini masukkan'),
]);

/** What a credential is called. Between letters only, they describe one: `github-token`. */
export const credentialWords: ReadonlySet<string> = new Set([
  ...list('token tokens key keys apikey secret secrets password passwd pwd pass passphrase pat'),
  ...list('credential credentials auth accesstoken authtoken clientsecret jwt value'),
  ...list('clave chave senha contraseña contrasena ficha clé cle jeton motdepasse schlüssel'),
  ...list('schluessel passwort sleutel wachtwoord chiave klucz hasło haslo anahtar ключ токен'),
  ...list('пароль kunci'),
]);

/** For scripts that put no space between words: found anywhere, they mark a placeholder. */
export const markerPhrases: readonly string[] = [
  ...list(
    '你的 您的 我的 替换 替換 請輸入 请输入 请填 填写 填入 填寫 此处 此處 这里 這裡 在这 密钥 密鑰 令牌 密码',
  ),
  ...list('あなたの ここに ここへ 入力 置き換え 置換 トークン パスワード キー'),
  ...list('여기에 입력 당신의 귀하의 토큰 비밀번호 키를'),
  ...list('ضع هنا رمزك مفتاح'),
  ...list('आपका यहाँ'),
  ...list('ของคุณ ที่นี่'),
];

/** Values that deliberately open nothing, for a program that insists on having one. */
export const emptyWords: ReadonlySet<string> = new Set([
  ...list(
    'none null nil undefined empty unset unused ignored ignore na no not needed required key',
  ),
  ...list('true false yes on off enabled disabled auto default anonymous anything any oauth basic'),
  ...list('lmstudio lm studio ollama llamacpp vllm localai local localhost api token sk'),
]);

/** Passwords that ship with the software or come to everybody's mind: no secret on one's machine. */
export const commonPasswords: ReadonlySet<string> = new Set([
  ...list('password passwd pass pwd secret admin administrator root user username guest test demo'),
  ...list('default example dev development local localhost letmein welcome qwerty abc'),
  ...list('postgres postgresql mysql mariadb mssql sa oracle mongo mongodb redis neo4j rabbitmq'),
  ...list('minio minioadmin elastic clickhouse grafana docker airflow supabase toor db'),
]);

function list(words: string): readonly string[] {
  return words.split(' ');
}
