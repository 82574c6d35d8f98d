# O manual da marca e a visão geral.

kit-book = Manual da marca
kit-book-of = { $name }: manual da marca
kit-overview-of = { $name }: a marca num relance
kit-cover = Capa

# O essencial
kit-reference = O essencial
kit-reference-intro = Três perguntas surgem todo dia: qual arquivo, qual cor, qual fonte. Se for ler uma única página, que seja esta.
kit-which-file = Qual arquivo?
kit-which-color = Qual cor?
kit-which-face = Qual fonte?
kit-case-page = Site, carta, slide: qualquer fundo claro
kit-case-dark = Sobre a cor escura da marca
kit-case-narrow = Onde há altura e pouca largura
kit-case-profile = Foto de perfil, aplicativo, espaços pequenos
kit-case-one-color = Carimbo, gravação, impressão a uma cor
kit-case-photo = Sobre fotografias e cores fortes
kit-face-display = Peso { $weight }. Para o nome, os títulos e os subtítulos.
kit-face-text = Peso { $weight }. Para tudo o que se lê.
kit-face-strong = Peso { $weight } para ênfases e rótulos.

# Ideia e razões
kit-idea = A ideia
kit-reasons = Por que é assim
kit-reasons-intro = Toda decisão tem uma razão. Ao lado de cada uma está o quanto ela é segura e de onde vem, para que você possa pesá-la e também discordar.
kit-topic-industry = O setor
kit-topic-style = O tom
kit-topic-color = Cor
kit-topic-type = Tipografia
kit-topic-shape = Forma
kit-topic-logo = O logotipo
kit-topic-name = O nome
kit-topic-character = O caráter
kit-topic-category = As cores do setor
kit-topic-contrast = Legibilidade
kit-topic-motif = O sinal
kit-topic-other = Vale saber
kit-evidence-strong = Bem fundamentado
kit-evidence-limited = Com algum fundamento
kit-evidence-practice = Prática de trabalho
kit-evidence-sourced = { $grade }. { $source }

# Logotipo
kit-logo = Logotipo
kit-logo-intro = Símbolo e nome mantêm uma relação fixa. Use primeiro a versão horizontal; as outras são para espaços em que ela ficaria pequena demais. Use sempre os arquivos e nunca componha o nome à mão.
kit-lockup-stacked = Empilhado
kit-lockup-stacked-use = Para espaços quadrados e estreitos.
kit-lockup-mark = Símbolo
kit-lockup-mark-use = Onde o nome já está por perto.
kit-lockup-wordmark = Nome
kit-lockup-wordmark-use = Onde o símbolo ficaria pequeno demais.
kit-colorways = Versões de cor
kit-colorways-intro = Seis versões dão conta de qualquer fundo e de qualquer impressão. Quem decide é o fundo: escolha aquela em que cada parte se vê à primeira vista.
kit-colorway-color = Em cores
kit-colorway-color-use = O padrão, sobre branco e fundos claros.
kit-colorway-reversed = Negativo
kit-colorway-reversed-use = Sobre a cor escura da marca.
kit-colorway-black = Preto
kit-colorway-black-use = Onde só há uma tinta.
kit-colorway-white = Branco
kit-colorway-white-use = Sobre cores fortes e partes calmas de fotografias.
kit-space = Espaço e tamanho
kit-space-intro = O logotipo precisa de ar em volta e de certo tamanho; sem isso, deixa de ser um logotipo. Todos os valores foram medidos neste logotipo.
kit-space-rule = Deixe livre, de cada lado, uma margem de { $percent }% da altura do símbolo (x): sem texto, sem borda, sem outro logotipo.
kit-smallest = Tamanho mínimo
kit-smallest-rule = Nunca mostre o símbolo com menos de { $px } pixels, ou { $mm } mm em impressão. Abaixo disso, as partes se fundem.
kit-misuse = Por favor, não
kit-misuse-intro = Um logotipo se torna familiar porque é sempre igual. Estas mudanças parecem inofensivas e desfazem isso.
kit-misuse-stretched = Não estique nem achate.
kit-misuse-turned = Não incline.
kit-misuse-recolored = Não troque as cores.
kit-misuse-contrast = Não coloque onde não se vê.
kit-misuse-crowded = Não deixe nada chegar perto demais.
kit-misuse-rearranged = Não mude as partes de lugar.
kit-concepts = Todas as propostas
kit-concepts-intro = { $count } propostas nasceram de ideias diferentes. A número 1 é a recomendada e aparece em todo este manual; os arquivos de todas estão no kit.

# Cor
kit-color = Cor
kit-color-intro = As faixas mostram quanto cada cor ocupa num layout comum. Deixe o espaço para as discretas, e as fortes serão ouvidas.
kit-color-intro-given = A cor principal é a que você indicou, sem mudança. As faixas mostram quanto cada cor ocupa num layout comum: deixe o espaço para as discretas.
kit-swatch-primary = Principal
kit-swatch-secondary = Secundária
kit-swatch-accent = Destaque
kit-swatch-ink = Tinta
kit-swatch-paper = Papel
kit-swatch-neutral = Neutra
kit-scales = Escalas e temas
kit-scales-intro = Cada cor tem onze passos, do claro ao escuro, para superfícies, bordas e estados. Os temas os põem em uso: um para telas claras, um para escuras, um de alto contraste.
kit-theme-light = Claro
kit-theme-dark = Escuro
kit-contrast = Contraste
kit-contrast-intro = Cada campo é composto nas duas cores de que fala. A partir de 4,5 o texto é legível para quase todos (AA), a partir de 7, com folga (AAA); 3 basta para letras grandes, linhas e símbolos. Medido segundo a WCAG 2.2.
kit-contrast-corner = Cor sobre fundo
kit-role-background = Fundo
kit-role-surface = Superfície
kit-role-surface-raised = Elevada
kit-role-border = Borda
kit-role-text = Texto
kit-role-muted = Texto discreto
kit-role-primary = Principal
kit-role-secondary = Secundária
kit-role-accent = Destaque
kit-role-link = Link
kit-role-focus = Foco
kit-role-success = Sucesso
kit-role-warning = Aviso
kit-role-danger = Perigo

# Tipografia
kit-type = Fontes
kit-sizes = Tamanhos
kit-sizes-intro = Todos os tamanhos seguem uma razão, { $ratio }, para que cada passo se sinta. Aqui estão impressos no tamanho que têm na tela.
kit-size-display = Cartaz
kit-size-title = Título
kit-size-heading = Subtítulo
kit-size-lead = Abertura
kit-size-body = Texto corrido
kit-size-caption = Legenda
kit-size-values = { $px } px, linha { $leading }, espaçamento { $tracking }%
kit-sample = O bom design é discreto onde pode e claro onde deve.
kit-sample-long = As pessoas encontram uma marca de passagem: numa porta, no celular, na borda de um recibo. Raramente a leem e nunca a estudam. O que fica é um tom, uma cor, o ritmo de uma linha. Se eles voltam a cada vez, a confiança cresce quase sozinha; se mudam, cada encontro é o primeiro.
kit-sample-display = Feito para durar
kit-sample-title = Uma linha que fica
kit-sample-heading = Dito uma vez, e com clareza
kit-sample-lead = A frase de abertura leva do título ao texto e diz o que importa.
kit-sample-body = O texto corrido quer ser lido, não visto. Use linhas de cinquenta a setenta e cinco caracteres, deixe espaço entre os parágrafos e faça da ênfase uma raridade.
kit-sample-caption = Legendas explicam uma imagem, notas indicam uma fonte. São pequenas e continuam legíveis.

# Arquivos
kit-files = Arquivos e colofão
kit-files-intro = Tudo o que está neste manual está no kit como arquivo. A lista de todos os arquivos, com as somas de verificação, é manifest.json.
kit-folders = O que fica onde
kit-folder-root = brand.json diz o que foi decidido e por quê, report.json, o que foi medido, manifest.json, quais arquivos existem.
kit-folder-logos = Cada proposta em cada versão, em SVG e em PNG.
kit-folder-web = Ícones para navegadores e celulares, com as linhas para a sua página.
kit-folder-app = Ícones de aplicativos.
kit-folder-social = Imagens para redes sociais.
kit-folder-tokens = Cores e tipografia para o desenvolvimento: CSS, Sass, Design Tokens.
kit-folder-book = Este manual.
kit-folder-print = Papelaria para a sua gráfica: formato final, sangria e marcas estão prontos. Nomes e endereços são fictícios.
kit-folder-fonts = As fontes com as suas licenças.
kit-file-count =
    { $count ->
        [one] { $count } arquivo.
       *[other] { $count } arquivos.
    }
kit-faces = Fontes
kit-license = Licença { $license }: livre para impressão, web e produtos.
kit-colophon = Colofão
kit-made-with = Feito com o Imprint { $version } de { $date }.
kit-made-from = Semente { $seed }; propostas: { $concepts }.
kit-made-again = O mesmo briefing, a mesma semente e a mesma versão dão de novo exatamente este kit, byte por byte.

# Para quem ouve o manual
kit-alt-horizontal = O logotipo de { $name }: símbolo e nome lado a lado
kit-alt-stacked = O logotipo de { $name }: o símbolo acima do nome
kit-alt-mark = O símbolo de { $name }
kit-alt-wordmark = O nome { $name } como logotipo
kit-alt-concept = Proposta { $rank }: { $title }
kit-alt-sizes = O símbolo em tamanhos crescentes, a partir de { $px } pixels
kit-alt-shares = Faixas tão largas quanto a parte de cada cor num layout
kit-theme-high-contrast = Alto contraste
kit-role-info = Informação
kit-print = CMYK vale para a impressora do perfil “{ $profile }”; dE diz quanto a impressão se afasta da tela. O perfil da sua gráfica dá valores melhores.

# Contact sheet
kit-sheet-smallest = A partir de { $px } px

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = Horizontal
kit-lockup-horizontal-use = A primeira escolha, sempre que houver espaço.
kit-lockup-square = Quadrado
kit-lockup-square-use = Para fotos de perfil que levam o nome.
kit-lockup-badge = Emblema
kit-lockup-badge-use = Para adesivos, carimbos e etiquetas.
kit-colorway-mono = Uma cor
kit-colorway-mono-use = Para uma tinta própria, uma linha ou uma folha metálica.
kit-colorway-grey = Tons de cinza
kit-colorway-grey-use = Para jornais, formulários e cópias.
kit-alt-square = O logotipo de { $name } num quadrado: o símbolo acima do nome
kit-alt-badge = O emblema de { $name }: símbolo e nome numa só figura
kit-alt-small = O símbolo de { $name }, desenhado para tamanhos pequenos
kit-alt-with-idea = { $what }. { $idea }
kit-alt-smallest = Todas as versões do logotipo no menor tamanho
kit-space-letters = Deixe livre uma margem de x de cada lado: sem texto, sem borda, sem outro logotipo. x é a metade da altura das letras, { $percent }% da altura do símbolo.
kit-space-stroke = Deixe livre uma margem de x de cada lado: sem texto, sem borda, sem outro logotipo. x é tão largo quanto os traços do símbolo, { $percent }% da sua altura.
kit-smallest-lockups = Cada versão no menor tamanho permitido, em tamanho real. Abaixo dele perde-se o traço mais fino do nome ou uma parte do símbolo.
kit-smallest-drawing = De 16 a 32 pixels, use o desenho feito para tamanhos pequenos: os arquivos cujo nome começa com “small”.

# Revisions
kit-changes-title = O que mudou da revisão { $from } para a revisão { $to }
kit-changes-before = antes
kit-changes-after = depois
kit-changes-asked = O que foi pedido
kit-changes-decided = O que foi decidido
kit-changes-colors = Cores
kit-changes-files = Ficheiros
kit-changes-nothing = Nada.
kit-changes-counts = { $added } adicionados, { $removed } removidos, { $changed } alterados, { $same } como antes.

# The page of the checks
kit-report-title = Verificações de { $name }
kit-report-intro = Todas as verificações deste kit: o que foi medido e em relação a quê. As verificações estão redigidas em inglês; o mesmo está em report.json, para programas.
kit-report-passed = cumprida
kit-report-missed = não alcançada
kit-report-failed = falhada
kit-report-told = informativa
kit-report-checks = verificações
kit-report-gates = promessas não cumpridas
kit-report-warnings = objetivos não alcançados
kit-report-check = Verificação
kit-report-measured = Medido
kit-report-threshold = Limite
kit-report-result = Resultado
kit-report-first = O que não foi alcançado
kit-report-whole = Todas as promessas são cumpridas e todos os objetivos alcançados.
kit-report-group-palette = Cor
kit-report-group-type = Tipografia
kit-report-group-logo = Logótipo
kit-report-group-assets = Imagens e ícones
kit-report-group-tokens = Tokens
kit-report-group-fonts = Tipos de letra
kit-report-group-book = Manual da marca
kit-report-group-print = Papelaria
kit-report-group-email = Assinatura de e-mail
kit-report-group-other = Outros

# More folders
kit-folder-email = Assinatura para e-mails, em HTML e em texto simples.
made-files =
    { $count ->
        [one] { $count } arquivo, { $size } kB, em { $path }
       *[other] { $count } arquivos, { $size } kB, em { $path }
    }
made-concepts =
    { $count ->
        [one] { $count } proposta, `{ $first }` é a recomendada.
       *[other] { $count } propostas, `{ $first }` é a recomendada.
    }
made-book = Como usar tudo, e porquê.
made-overview = O kit num relance.
made-index = Qual arquivo para quê: comece aqui.
made-seed = semente { $seed }, { $seconds } s
made-setup = ({ $seconds } s deles de preparação)
made-fewer = apenas { $count } de { $asked } propostas: tudo o resto é demasiado parecido com os símbolos indicados. Outra semente pode dar mais.
made-missed = falta { $id }: { $why }
made-note = nota: { $text }
