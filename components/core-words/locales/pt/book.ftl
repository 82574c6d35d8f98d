# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = Conteúdo
kit-contents-intro = Cada linha leva à sua página. Quem tem pressa encontra a resposta uma página antes.
kit-alt-link = { $title }, página { $page }
kit-part-brand = A marca
kit-part-use = Em uso
kit-part-record = Para consultar
kit-lockups = Versões
kit-palette = Paleta

# Construction
kit-construction = Construção
kit-construction-intro = O símbolo ocupa um quadrado dividido em oito por oito. Os quadradinhos são os pontos do contorno; as linhas ao lado mostram para onde vai uma curva. Abaixo, as partes do logotipo são medidas pela altura do símbolo.
kit-construction-points = Pontos do contorno
kit-construction-shape = Largura por altura
kit-construction-letters = Altura das letras
kit-construction-gap = Do símbolo ao nome
kit-construction-length = Comprimento do logotipo
kit-construction-note = Em alturas do símbolo. Os arquivos respeitam estas medidas: nada precisa ser construído à mão.
kit-alt-construction = O símbolo de { $name } em seu quadrado de oito por oito, com os pontos do contorno
kit-alt-proportions = O logotipo de { $name } com as linhas em que suas partes se apoiam

# Grounds
kit-grounds = Em cada fundo
kit-grounds-intro = O mesmo logotipo em cada cor da marca, na versão que cabe ali. O número é o contraste de sua parte mais pálida; abaixo de 3, um logotipo começa a se perder.
kit-alt-ground = O logotipo sobre { $ground }: { $version }
kit-ground-white = Branco
kit-ground-dark = Fundo escuro
kit-misuse-shadow = Não acrescente sombras nem efeitos.
kit-misuse-cropped = Não corte nada.
kit-misuse-retyped = Não componha o nome em outra fonte.

# Print
kit-inks = Impressão
kit-inks-intro = A tela brilha, o papel não: nenhuma tinta mostra todas as cores. Aqui está o que cada cor pede a uma impressora com o perfil “{ $press }” e quanto sua impressão se afasta da tela.
kit-inks-color = Cor
kit-inks-total = Tinta total
kit-inks-paper = No papel
kit-inks-text = Texto pequeno
kit-inks-close = Imprime como se vê
kit-inks-shifted = Afasta-se um pouco
kit-inks-apart = Afasta-se claramente: peça uma prova ou uma cor especial
kit-inks-black = Componha o texto pequeno só em preto. Quatro tintas nunca coincidem por completo, e as letras ganham bordas coloridas.
kit-inks-proof = Antes de uma tiragem grande, mande fazer uma prova no papel que será usado.
kit-inks-profile = O perfil da sua gráfica dá valores melhores que estes. Informe também o valor hexadecimal.

# Pictures and icons
kit-imagery = Imagens e ícones
kit-imagery-intro = As imagens dizem como uma marca se sente; os ícones, o que se pode fazer. Ambos seguem o tom do símbolo. As figuras mostram como compor, não o que fotografar.
kit-image-subject = Um só assunto, fora do centro. O que importa fica onde dois terços se cruzam; o resto recua.
kit-image-room = Deixe um lado calmo. Ali o logotipo e uma linha de texto encontram lugar.
kit-image-warm = Luz quente, mais de fim de tarde que de meio-dia, perto das pessoas. Uma cor da paleta volta na cena.
kit-image-cool = Luz do dia clara, poucas coisas, bordas limpas. Uma cor da paleta volta na cena.
kit-icons = Ícones
kit-icons-round = Desenhados num quadrado de 24 com linhas de { $stroke } unidades. Pontas e cantos são redondos.
kit-icons-sharp = Desenhados num quadrado de 24 com linhas de { $stroke } unidades. Pontas e cantos são retos.
kit-alt-icons = Nove ícones: busca, hora, carta, pessoa, menu, calendário, telefone, lugar, feito

# In use
kit-stationery = Papelaria
kit-stationery-intro = No papel, a marca fica na mão. O logotipo aparece uma vez, em seu canto, com ar em volta; o resto pertence às palavras.
kit-places = Tela, parede e sacola
kit-places-intro = Pequeno no telefone, grande na parede: o símbolo fala sozinho onde o nome está perto; o logotipo inteiro, onde não está.
kit-scene-card = Cartão de visita
kit-scene-letter = Papel de carta
kit-scene-envelope = Envelope
kit-scene-app = Ícone do aplicativo
kit-scene-site = Site
kit-scene-sign = Placa
kit-scene-bag = Sacola
kit-alt-scene = { $scene } com o logotipo de { $name }, desenho
kit-scene-note = Desenhado com os contornos dos arquivos do logotipo, nas cores da paleta.
kit-sample-person = Nome e sobrenome
kit-sample-post = O que faço aqui
kit-sample-offer = Oferta
kit-sample-about = Sobre nós
kit-sample-contact = Contato
kit-sample-more = Leia mais

# Accessibility
kit-access = Para todos
kit-access-intro = Uma marca que algumas pessoas não conseguem ler não está pronta. Esta página diz o que foi medido, o que deve ser respeitado e o que ninguém experimentou ainda.
kit-access-contrast =
    { $count ->
        [one] Foi medido { $count } par de cores. O texto mais fraco tem contraste de { $ratio } para 1; a WCAG 2.2 pede 4,5.
       *[other] Foram medidos { $count } pares de cores. O texto mais fraco tem contraste de { $ratio } para 1; a WCAG 2.2 pede 4,5.
    }
kit-access-color = A cor nunca fala sozinha: acrescente uma palavra, uma forma ou um sinal. As faixas mostram a paleta como a veem as pessoas a quem falta um tipo de receptor.
kit-access-type = O texto corrido tem { $px } pixels e uma linha de { $leading }. Nada que precise ser lido fica abaixo de { $least } pixels. Os tamanhos estão em rem, para que o texto cresça com os ajustes de quem lê.
kit-access-logo = O texto alternativo do logotipo é “{ $name }”, e nada mais. Se o nome estiver ao lado como texto, ele fica vazio.
kit-access-book = Este arquivo pode ser ouvido: títulos, tabelas e links estão marcados, e cada figura tem descrição (PDF/UA-1, PDF/A-2a).
kit-access-missing = O que falta
kit-access-limits = Tudo isso foi medido por programas. Ninguém experimentou ainda no dia a dia: pergunte a pessoas que veem, ouvem ou se movem de outro modo.
kit-sight-usual = Visão habitual
kit-sight-protan = Sem receptores de vermelho
kit-sight-deutan = Sem receptores de verde
kit-sight-tritan = Sem receptores de azul
kit-sight-least = Par mais próximo: dE { $difference }
kit-alt-sight = A paleta: { $sight }

# Tokens
kit-tokens = Tokens
kit-tokens-intro = No código, escreva nomes e nunca valores: assim uma mudança chega a todas as páginas, e as telas escuras vêm por si. Os mesmos nomes estão em cada arquivo de tokens/.
kit-tokens-name = Nome em CSS
kit-tokens-formats = Para qual ferramenta
kit-licences = Licenças
